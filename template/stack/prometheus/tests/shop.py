"""An application whose view asks PostgreSQL and the cache, and says which process it is in."""

import os

from django.conf import settings
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
settings.ROOT_URLCONF = __name__


def order(_request: HttpRequest) -> HttpResponse:
    """Run a statement that needs no table, and get a key that may not exist."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    cache.get("prometheus-test")
    return HttpResponse(os.getpid())


urlpatterns = [path("orders/", order, name="order")]
application = get_wsgi_application()
