"""The project with two slow addresses and no other."""

import asyncio
import atexit
import os
import time

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

from stack.environment import env

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
settings.ROOT_URLCONF = __name__

SECONDS = 3


def count(file: str) -> None:
    """Add one byte to a file, which all workers share."""
    with open(env.str(file), "ab") as counted:
        counted.write(b".")


atexit.register(count, "LEFT")


def slow(_request: HttpRequest) -> HttpResponse:
    """Answer in a while, holding a thread."""
    count("ACCEPTED")
    with open(env.str("GATE"), "rb"):  # a pipe that has a name: it opens when somebody opens its other end
        pass
    time.sleep(SECONDS)
    return HttpResponse("done")


async def slow_async(_request: HttpRequest) -> HttpResponse:
    """Answer in a while, holding nothing."""
    count("ACCEPTED")
    await asyncio.sleep(SECONDS)
    return HttpResponse("done")


urlpatterns = [path("slow/", slow), path("slow-async/", slow_async)]
wsgi = get_wsgi_application()
asgi = get_asgi_application()
