"""The entry point of ASGI servers."""

import os

from django.core.asgi import get_asgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django_application = get_asgi_application()

# Each request has a thread of its own: a connection that outlived it would never be used again, nor closed.
for database in connections.databases.values():
    database["CONN_MAX_AGE"] = 0

# The REST framework, which this uses, can only be imported once the apps are loaded.
from stack.rest.charset import utf8_asgi  # noqa: E402  # pylint: disable=wrong-import-position

application = utf8_asgi(django_application)
