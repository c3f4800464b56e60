"""An application whose view sends a task; and the worker's side of it."""

import logging
import os

from celery import current_app
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.tasks import task
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
settings.ROOT_URLCONF = __name__

logger = logging.getLogger("shop")


@task
def pack(token: str) -> str:
    """Log a line in the worker."""
    logger.info("packing")
    return token


def order(_request: HttpRequest, number: int) -> HttpResponse:
    """Log a line in the web process, and send a task."""
    logger.info("order %d", number)
    pack.enqueue("hunter2")
    return HttpResponse("ordered")


urlpatterns = [path("orders/<int:number>/", order)]
wsgi = get_wsgi_application()
app = current_app
