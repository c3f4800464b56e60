"""The application, with a view that asks Redis."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import path

from stack.opentelemetry.tests.traced import urlpatterns, wsgi

__all__ = ["wsgi"]


def stock(_request: HttpRequest) -> HttpResponse:
    """Ask."""
    cache.get("stock")
    return HttpResponse("many")


urlpatterns.append(path("stock/", stock))
