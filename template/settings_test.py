"""The settings that tests run with: the project's own, in the environment called ``test``.

Not in the package `tests`: a library (request-id-django-log) installs one, which mypy finds first.
"""

import os

os.environ["ENVIRONMENT"] = "test"

from config.settings import *  # noqa: E402  # pylint: disable=wrong-import-position

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True  # tests run before collectstatic
