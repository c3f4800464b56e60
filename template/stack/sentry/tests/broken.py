"""An application whose view fails."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
settings.ROOT_URLCONF = __name__


def fail(_request: HttpRequest) -> HttpResponse:
    """Raise an error that nobody expected, with a secret at hand."""
    password = "hunter2"
    raise RuntimeError(f"the till is broken after {len(password)} orders")


urlpatterns = [path("fail/", fail)]
application = get_wsgi_application()
