"""The project, with addresses that take the database too long."""

import os
import time

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from stack.postgresql.tests.limits import LIMITS, LOCK

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
settings.ROOT_URLCONF = __name__


def slow(_request: HttpRequest, what: str) -> HttpResponse:
    """Take five seconds, or as long as a lock is held."""
    with transaction.atomic(), connection.cursor() as cursor:
        if what == "statement":
            cursor.execute("SELECT pg_sleep(5)")
        elif what == "lock":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        else:
            cursor.execute("SELECT 1")
            time.sleep(1)
            cursor.execute("SELECT 1")
    return HttpResponse("done")


def limits(_request: HttpRequest) -> JsonResponse:
    """Show what is in force."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(f'current_setting({name!r})' for name in LIMITS)}")
        return JsonResponse(dict(zip(LIMITS, cursor.fetchone(), strict=True)))


urlpatterns = [path("api/slow/<what>/", slow), path("slow/<what>/", slow), path("limits/", limits)]
wsgi = get_wsgi_application()
asgi = get_asgi_application()
