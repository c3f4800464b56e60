"""Static files: hashed and compressed by WhiteNoise, served by the web process itself."""

from whitenoise.compress import Compressor  # type: ignore[import-untyped]

from stack.environment import BASE_DIR, PRODUCTION, env

STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "frontend" / "static"]
WHITENOISE_ROOT = BASE_DIR / "frontend" / "root"  # files that have to be at the root, such as /favicon.ico

# Hashed names need collectstatic to have run, which nobody wants between an edit and a look at it.
staticfiles_storage = {
    "BACKEND": (
        "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
}
# Source maps are most of the bytes, and only a developer's browser asks for them: not worth the Brotli.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
