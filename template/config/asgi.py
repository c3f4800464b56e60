"""The entry point of ASGI servers."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django_application = get_asgi_application()

# The REST framework, which this uses, can only be imported once the apps are loaded.
from stack.rest.charset import utf8_asgi  # noqa: E402  # pylint: disable=wrong-import-position

application = utf8_asgi(django_application)
