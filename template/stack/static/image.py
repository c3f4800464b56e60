"""Settings of one step of the image's build: hash and compress the static files that were collected before.

Apart from the project's settings, so that the step, which takes half a minute, is done anew only when a
static file has changed.
"""

from stack.environment import env
from stack.static.settings import STATIC_ROOT, STATIC_URL, WHITENOISE_SKIP_COMPRESS_EXTENSIONS
from stack.static.settings import staticfiles_storage as _storage

__all__ = ["STATIC_ROOT", "STATIC_URL", "WHITENOISE_SKIP_COMPRESS_EXTENSIONS"]

SECRET_KEY = "signs nothing"  # nosec B105 # Django wants one to be there
INSTALLED_APPS = ["django.contrib.staticfiles"]
STATICFILES_DIRS = [env.str("COLLECTED")]
STORAGES = {"staticfiles": _storage}
