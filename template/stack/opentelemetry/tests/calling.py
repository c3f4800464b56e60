"""The application, with a view that calls another server."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from stack import outbound
from stack.opentelemetry.tests.traced import urlpatterns, wsgi

__all__ = ["wsgi"]


def partner(_request: HttpRequest, port: int) -> HttpResponse:
    """Call."""
    return HttpResponse(outbound.request("GET", f"http://127.0.0.1:{port}/?token=s3cret").content)


urlpatterns.append(path("partner/<int:port>/", partner))
