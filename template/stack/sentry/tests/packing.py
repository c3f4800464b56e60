"""The application, with a view that sends a task, and the worker in which that fails."""

from celery import current_app
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.tasks import task
from django.urls import path

from stack.sentry.tests.broken import application, urlpatterns

__all__ = ["app", "application"]

app = current_app
settings.TASKS["default"]["OPTIONS"]["max_retries"] = 1  # in a second or so


@task
def fail() -> None:
    """Raise an error that nobody expected, with a secret at hand."""
    password = "hunter2"
    raise RuntimeError(f"the packing machine is broken after {len(password)} orders")


def send(_request: HttpRequest) -> HttpResponse:
    """Send the task."""
    fail.enqueue()
    return HttpResponse("sent")


urlpatterns.append(path("pack/", send))
