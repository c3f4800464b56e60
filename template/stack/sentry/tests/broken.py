"""An application whose view fails, and starts a task that fails."""

import os

from celery import current_app, shared_task
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
settings.ROOT_URLCONF = __name__


@shared_task(name="sentry-test.fail", ignore_result=True)
def fail_later() -> None:
    """Raise an error that nobody expected, in a worker."""
    raise RuntimeError("the packing machine is broken")


def fail(_request: HttpRequest) -> HttpResponse:
    """Raise an error that nobody expected, with a secret at hand."""
    password = "hunter2"
    fail_later.delay()
    raise RuntimeError(f"the till is broken after {len(password)} orders")


urlpatterns = [path("fail/", fail)]
application = get_wsgi_application()
app = current_app
