"""The entry point of ASGI servers."""

import os

from django.core.asgi import get_asgi_application

from stack.rest.charset import utf8_asgi

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = utf8_asgi(get_asgi_application())
