"""Static files: hashed and compressed by WhiteNoise, served by the web process itself."""

from stack.environment import BASE_DIR

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "frontend" / "static"]
