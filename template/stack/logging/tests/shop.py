"""An application whose views log, and fail."""

import logging
import os
from types import SimpleNamespace

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
settings.ROOT_URLCONF = __name__

logger = logging.getLogger("shop")


def order(_request: HttpRequest, number: int) -> HttpResponse:
    """Log a line in the web process, with secrets in it."""
    logger.info("order %d: password=hunter2 Authorization: Bearer abc.def.ghi postgres://:hunter2@db", number)
    return HttpResponse("ordered")


def fail(_request: HttpRequest) -> HttpResponse:
    """Raise an error that nobody expected."""
    raise RuntimeError("the till is broken")


async def who(request: HttpRequest) -> HttpResponse:
    """Have a user with an id, as authentication would."""
    request.user = SimpleNamespace(pk=7)  # type: ignore[assignment]
    return HttpResponse("seven")


urlpatterns = [path("orders/<int:number>/", order), path("fail/", fail), path("who/", who)]
wsgi = get_wsgi_application()
asgi = get_asgi_application()
