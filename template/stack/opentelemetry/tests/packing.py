"""The application, with a view that sends a task, and the worker that takes it."""

from celery import current_app
from django.http import HttpRequest, HttpResponse
from django.tasks import task
from django.urls import path

from stack.opentelemetry.tests.traced import ask, logger, urlpatterns, wsgi

__all__ = ["app", "wsgi"]

app = current_app


@task
def pack() -> None:
    """Ask PostgreSQL, in a worker."""
    ask("SELECT 'in the task'")
    logger.info("packing")


def send(_request: HttpRequest) -> HttpResponse:
    """Send the task."""
    pack.enqueue()
    return HttpResponse("sent")


urlpatterns.append(path("pack/", send))
