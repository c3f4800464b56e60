"""The entry point of WSGI servers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django_application = get_wsgi_application()

# The REST framework, which this uses, can only be imported once the apps are loaded.
from stack.rest.charset import utf8_wsgi  # noqa: E402  # pylint: disable=wrong-import-position

application = utf8_wsgi(django_application)
