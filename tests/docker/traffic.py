"""Clients of the slow application: GET and POST, each request 1 to 3 seconds long, without a pause."""

from __future__ import annotations

import asyncio
import random
import re
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.docker.runtime import DOMAIN

BODY = b"x" * 1000
SECONDS = 60
"""What an answer gets; the machine may be busy."""

APPLICATION = """
import os, socket, time
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

settings.ROOT_URLCONF = __name__

@csrf_exempt
def slow(request):
    time.sleep(float(request.GET["seconds"]))
    return HttpResponse(f"{socket.gethostname()} read {len(request.body)}")

urlpatterns = [path("slow/", slow)]
application = get_wsgi_application()
"""
"""The project with one slow address and no other."""


class Answer(NamedTuple):
    """What became of a request.

    Attributes:
        method: GET or POST.
        server: The container that answered in full; nothing, if none did.
        status: The first line of the answer, or the error.
    """

    method: str
    server: str
    status: str


class Client:
    """A client that trusts one certificate.

    Attributes:
        port: Where it asks, on this machine.
    """

    def __init__(self, port: int, certificate: Path) -> None:
        """Remember whom to ask."""
        self.port = port
        self._tls = ssl.create_default_context(cafile=certificate)

    async def ask(self, method: str, seconds: float) -> Answer:
        """Ask once, on a connection of its own, for an answer that takes some seconds."""
        body = BODY if method == "POST" else b""
        head = f"{method} /slow/?seconds={seconds:.2f} HTTP/1.1\r\nHost: {DOMAIN}\r\nConnection: close\r\n"
        try:
            async with asyncio.timeout(SECONDS):
                reader, writer = await asyncio.open_connection(
                    "127.0.0.1", self.port, ssl=self._tls, server_hostname=DOMAIN
                )
                writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
                answer = (await reader.read()).decode(errors="replace")
                writer.close()
        except OSError as error:
            return Answer(method, "", repr(error))
        status = answer.partition("\r\n")[0]
        read = re.search(rf"(\w+) read {len(body)}\b", answer)
        whole = status == "HTTP/1.1 200 OK" and read is not None
        return Answer(method, read[1] if whole and read else "", status or "no answer")

    async def while_it_runs(self, change: Callable[[], object], *, clients: int) -> list[Answer]:
        """Ask without a pause, from two seconds before a change until two after it."""
        answers: list[Answer] = []
        over = asyncio.Event()

        async def visit(seed: int) -> None:
            choice = random.Random(seed)
            await asyncio.sleep(choice.uniform(0, 2))  # not all handshakes at once
            while not over.is_set():
                method, seconds = choice.choice(("GET", "POST")), choice.uniform(1, 3)
                answer = await self.ask(method, seconds)
                answers.append(answer)
                if not answer.server:
                    await asyncio.sleep(seconds)  # a server that is down gets no more than one that is up

        async with asyncio.TaskGroup() as group:
            for seed in range(clients):
                group.create_task(visit(seed))
            await asyncio.sleep(2)
            try:
                await asyncio.to_thread(change)
                await asyncio.sleep(2)
            finally:
                over.set()
        return answers
