"""An application whose view asks PostgreSQL and Redis, and sends a task that asks PostgreSQL."""

import asyncio
import logging
import os

from celery import current_app, shared_task
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.cache import cache
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


@shared_task(name="opentelemetry-test.pack", ignore_result=True)
def pack() -> None:
    """Ask PostgreSQL, in a worker."""
    ask("SELECT 'in the task'")
    logger.info("packing")


def order(_request: HttpRequest, number: int) -> HttpResponse:
    """Ask PostgreSQL and Redis, and send a task."""
    ask("SELECT 'in the view'")
    cache.get("order")
    logger.info("order %d", number)
    pack.delay()
    return HttpResponse("ordered")


async def order_async(_request: HttpRequest, **_: int) -> HttpResponse:
    """Ask Redis, under ASGI."""
    await asyncio.sleep(0)
    await cache.aget("order")
    return HttpResponse("ordered")


urlpatterns = [path("orders/<int:number>/", order), path("orders-async/<int:number>/", order_async)]
wsgi = get_wsgi_application()
asgi = get_asgi_application()
app = current_app
