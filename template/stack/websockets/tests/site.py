"""The project, and an app more, whose sockets follow the things."""

import os

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "stack.websockets.tests"]

application = get_asgi_application()
for name in settings.ASGI_MIDDLEWARE:
    application = import_string(name)(application)
