"""A real server of the things, and how to come to it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from subprocess import Popen
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.db import connection
from django.utils import timezone
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from stack.sessions.origin import SESSION_KEY as NOTE
from tests.processes import gunicorn

TRUSTED = "https://app.example.com"
CORS = "https://spa.example.com"
A_USER = 20
LEASE_SECONDS = 3
PATH = "/ws/things/"


@dataclass(frozen=True)
class Site:
    """A running server.

    Attributes:
        master: Its master's process.
        port: Where it listens.
        log: What it writes.
        prefix: What its channels and keys begin with.
        database: The address of the tests' database.
    """

    master: Popen[bytes]
    port: int
    log: Path
    prefix: str
    database: str

    @property
    def workers(self) -> list[int]:
        """The ids of its workers."""
        children = Path(f"/proc/{self.master.pid}/task/{self.master.pid}/children").read_text(
            encoding="utf-8"
        )
        return [int(child) for child in children.split()]

    @property
    def origin(self) -> str:
        """Its own pages' origin."""
        return f"http://localhost:{self.port}"

    def address(self, query: str = "", path: str = PATH) -> str:
        """Return the address of the feed."""
        return f"ws://localhost:{self.port}{path}{query}"

    def browser(self, user: Any, **options: Any) -> dict[str, Any]:
        """Return what a browser that has logged in connects with."""
        cookie = f"{settings.SESSION_COOKIE_NAME}={session_of(user)}"
        return {"origin": self.origin, "additional_headers": {"Cookie": cookie}, "proxy": None} | options

    def open(self, user: Any, query: str = "", path: str = PATH, **options: Any) -> ClientConnection:
        """Open a socket as a browser that has logged in."""
        client: ClientConnection = connect(self.address(query, path), **self.browser(user, **options))
        return client

    def status(self, query: str = "", path: str = PATH, **options: Any) -> int:
        """Try to open a socket, and return the status of the answer; 101 for one that opens."""
        try:
            with connect(self.address(query, path), **{"proxy": None} | options):
                return 101
        except InvalidStatus as refused:
            return refused.response.status_code


THINGS = "stack.websockets.tests.site:application"


@contextmanager
def site(folder: Path, *arguments: str, application: str = THINGS, **variables: str) -> Iterator[Site]:
    """Serve sockets, on the tests' database."""
    prefix, log = f"test-{uuid4().hex}", folder / "log"
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    variables = {
        "ENVIRONMENT": "test",
        "DATABASE_URL": address.geturl(),
        "ASGI_PORT": "0",
        "WEBSOCKET_PREFIX": prefix,
        "WEBSOCKET_LEASE_SECONDS": str(LEASE_SECONDS),
        "WEBSOCKET_CHECK_SECONDS": "1",
        "WEBSOCKET_SLOW_SECONDS": "2",
        "WEBSOCKET_HANDSHAKE_SECONDS": "60",
        "WEBSOCKETS_A_USER": str(A_USER),
        "CSRF_TRUSTED_ORIGINS": f"{TRUSTED},https://*.example.org",
        "CORS_ALLOWED_ORIGINS": CORS,
        **variables,
    }
    command = ["--workers=1", "-k", "uvicorn_worker.UvicornWorker", *arguments]
    with gunicorn(log, *command, application, **variables) as (master, port):
        yield Site(master, port, log, prefix, address.geturl())


def layers_of(server: Site) -> dict[str, Any]:
    """Return the channel layers with which this process's hints go to the server."""
    layer: dict[str, Any] = settings.CHANNEL_LAYERS["default"]
    return {"default": layer | {"CONFIG": layer["CONFIG"] | {"prefix": server.prefix}}}


def user_make(**columns: Any) -> Any:
    """Make somebody."""
    return get_user_model().objects.create_user(f"{uuid4().hex}@example.com", "password", **columns)


def session_of(user: Any) -> str:
    """Log somebody in, and return the session's key."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    note = {"id": str(uuid4()), "since": timezone.now().isoformat(), "address": "127.0.0.1", "agent": ""}
    session[NOTE] = note
    session.create()
    key: str = session.session_key
    return key


def closed(socket: ClientConnection, seconds: float = 20) -> int | None:
    """Read until the socket is closed, and return the code."""
    try:
        while True:
            socket.recv(timeout=seconds)
    except ConnectionClosed as end:
        return end.rcvd.code if end.rcvd else None
