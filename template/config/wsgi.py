"""The entry point of WSGI servers."""

import os

from django.core.wsgi import get_wsgi_application

from stack.rest.charset import utf8_wsgi

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = utf8_wsgi(get_wsgi_application())
