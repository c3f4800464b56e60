"""The project, with addresses at which everything goes wrong, and one that tells all."""

import logging
import os
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import send_mail
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.tasks import task
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from stack import outbound

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
settings.ROOT_URLCONF = __name__
application = get_wsgi_application()
app = current_app
settings.TASKS["default"]["OPTIONS"]["max_retries"] = 1  # in a second or so

logger = logging.getLogger(__name__)


@task
def fail_later(password: str, *, token: str) -> None:
    """Fail in a worker, with secrets at hand."""
    raise RuntimeError(f"the packing machine is broken after {len(password + token)} orders")


@csrf_exempt
def fail(request: HttpRequest, what: str, token: str) -> HttpResponse:
    """Fail at something, with secrets at hand."""
    password = request.POST.get("password", "")
    match what:
        case "view":
            raise RuntimeError(f"the till is broken after {len(password + token)} orders")
        case "sql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0 WHERE %s <> ''", [token])
        case "cache":
            cache.set(f"reset-{token}", password)
        case "task":
            fail_later.enqueue(password, token=token)
        case "mail":
            send_mail("Your link", f"https://localhost/reset/{token}", None, ["ada@example.com"])
        case "file":
            default_storage.save("letters/lamp.txt", ContentFile(token))
        case "call":
            outbound.request("GET", f"https://127.0.0.1:1/{token}?token={token}")
    raise LookupError(f"{what} did not fail")


def tell(_request: HttpRequest, form: str) -> HttpResponse:
    """Tell a secret, in every way there is."""
    told: dict[str, Any] = {"secret": settings.SECRET_KEY}
    text = form % told
    logger.error("it is %s", text)
    if form == "%(secret)s":
        return HttpResponse(text)
    raise RuntimeError(text)


urlpatterns = [
    path("fail/<what>/<token>/", fail),
    path("tell/", tell, {"form": "%(secret)s"}),
    path("raise/", tell, {"form": "it was %(secret)s"}),
    path("", include("config.urls")),
]
