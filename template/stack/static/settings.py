"""Static files: hashed and compressed by WhiteNoise, served by the web process itself."""

from stack.environment import BASE_DIR

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "frontend" / "static"]
WHITENOISE_ROOT = BASE_DIR / "frontend" / "root"
"""Files that browsers look for at the root of a site."""
