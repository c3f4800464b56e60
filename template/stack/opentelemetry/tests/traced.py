"""An application whose views ask PostgreSQL."""

import logging
import os

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
settings.ROOT_URLCONF = __name__

logger = logging.getLogger("shop")


def ask(statement: str) -> None:
    """Run a statement that needs no table."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


def order(_request: HttpRequest, number: int) -> HttpResponse:
    """Ask, and log."""
    ask("SELECT 'in the view'")
    logger.info("order %d", number)
    return HttpResponse("ordered")


async def order_async(_request: HttpRequest, **_: int) -> HttpResponse:
    """Ask, under ASGI."""
    await sync_to_async(ask)("SELECT 'in the view'")
    return HttpResponse("ordered")


urlpatterns = [path("orders/<int:number>/", order), path("orders-async/<int:number>/", order_async)]
wsgi = get_wsgi_application()
asgi = get_asgi_application()
