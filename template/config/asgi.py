"""The entry point of ASGI servers."""

import os

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.db import connections
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django_application = get_asgi_application()

# Each request has a thread of its own: a connection that outlived it would never be used again, nor closed.
for database in connections.databases.values():
    database["CONN_MAX_AGE"] = 0

application = django_application
for name in settings.ASGI_MIDDLEWARE:  # which can only be imported once the apps are loaded
    application = import_string(name)(application)
