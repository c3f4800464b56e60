"""An application that shows what it was started with."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, JsonResponse
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
settings.ROOT_URLCONF = __name__


def shown(_request: HttpRequest) -> JsonResponse:
    """Show the process, and two settings."""
    return JsonResponse(
        {"pid": os.getpid(), "sender": settings.DEFAULT_FROM_EMAIL, "key": settings.SECRET_KEY}
    )


urlpatterns = [path("shown/", shown)]
application = get_wsgi_application()
