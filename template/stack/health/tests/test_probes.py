"""The probes, whatever else is wrong."""

import asyncio
import logging
import socket
import subprocess
import sys

import pytest
from django.db import connections
from django.test import AsyncClient, Client
from pytest_django import Settings

from stack.environment import BASE_DIR
from stack.health.tests.outages import outage, wait_until_ready

pytestmark = pytest.mark.django_db(transaction=True)


LATE = """
import sys
from config.wsgi import application
from django.conf import settings
from django.utils.module_loading import import_string
from stack.health.checks import failures
for path in settings.HEALTH_CHECKS.values():
    import_string(path)
before = set(sys.modules)
failures()
libraries = {"amqp", "celery", "django_redis", "kombu", "redis"}
late = {name for name in set(sys.modules) - before if name.partition(".")[0] in libraries}
print("late:" + " ".join(sorted(late)))
"""


def test_what_checks_use_is_loaded_before_they_run_side_by_side() -> None:
    """Or the first probe of a process fails now and then: two threads import parts of one library."""
    command = [sys.executable, "-c", LATE]
    done = subprocess.run(command, cwd=BASE_DIR, capture_output=True, text=True, check=True)
    assert done.stdout == "late:\n"


def test_ready_when_all_answer(client: Client, settings: Settings) -> None:
    wait_until_ready(client)
    response = client.get("/health/ready")
    assert response.status_code == 200
    assert "postgresql" in settings.HEALTH_CHECKS
    assert response.json() == {
        "status": "ready",
        "checks": {name: {"status": "up"} for name in settings.HEALTH_CHECKS},
    }


def test_live_asks_nobody(client: Client, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    settings.HEALTH_CHECKS = {"postgresql": settings.HEALTH_CHECKS["postgresql"], "typo": "stack.nowhere"}
    with socket.create_server(("127.0.0.1", 0)) as black_hole:
        monkeypatch.setitem(connections.settings["default"], "PORT", black_hole.getsockname()[1])
        assert client.get("/health/live").json() == {"status": "live"}
        black_hole.settimeout(0)
        with pytest.raises(BlockingIOError):
            black_hole.accept()


def test_an_unready_probe_is_a_warning_and_no_error(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with outage("refuses") as port:
        monkeypatch.setitem(connections.settings["default"], "PORT", port)
        assert client.get("/health/ready").status_code == 503
    assert "postgresql is not ready" in caplog.text
    assert max(record.levelno for record in caplog.records) == logging.WARNING


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_probes_come_by_plain_http_to_any_host_and_leave_no_trace(
    client: Client, settings: Settings, path: str
) -> None:
    wait_until_ready(client)
    settings.SECURE_SSL_REDIRECT = True
    response = client.get(path, headers={"host": "10.0.0.7:8000"})
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    assert client.get("/", headers={"host": "10.0.0.7:8000"}).status_code == 400
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200


def test_probes_answer_under_asgi(client: Client) -> None:
    wait_until_ready(client)

    async def statuses() -> list[int]:
        asynchronous = AsyncClient()
        return [
            (await asynchronous.get(path)).status_code
            for path in ("/health/live", "/health/ready", "/health/x")
        ]

    assert asyncio.run(statuses()) == [200, 200, 404]
