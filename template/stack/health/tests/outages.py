"""Servers that refuse to talk or never answer, and what a probe has to say of them."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.test import Client

from tests.processes import wait_until

SECONDS = 5
"""Within which the probe has to tell."""

KINDS = ("hangs", "refuses")


@contextmanager
def outage(kind: str) -> Iterator[int]:
    """Give the port of a server that accepts and never answers, or of none."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        if kind == "hangs":
            server.listen()
        yield server.getsockname()[1]


def wait_until_ready(client: Client) -> None:
    """Let the process look for migrations, which it does once: on a busy machine it can miss the deadline."""
    wait_until(lambda: client.get("/health/ready").status_code == 200)


def assert_unready_in_time(client: Client, name: str) -> None:
    """Probe: this one is down, the others are up, and no address is told."""
    started = time.monotonic()
    response = client.get("/health/ready")
    assert time.monotonic() - started < SECONDS
    assert response.status_code == 503
    states = {each: check["status"] for each, check in response.json()["checks"].items()}
    assert states == dict.fromkeys(settings.HEALTH_CHECKS, "up") | {name: "down"}
    assert "127.0.0.1" not in response.text
