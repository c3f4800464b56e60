"""The probes against real services, and against ones that refuse to talk or never answer."""

import asyncio
import gc
import logging
import socket
import time
from collections.abc import Callable, Iterator

import pytest
from celery import current_app
from django.core.management import call_command
from django.db import connection, connections
from django.test import AsyncClient, Client
from pytest_django import Settings

from stack.health import checks
from tests.processes import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

SECONDS = 5
"""Within which the probe has to tell."""

Redirect = Callable[[str, int], None]


@pytest.fixture(name="redirect")
def _redirect(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Redirect:
    """Send one of the checks elsewhere."""

    def redirect(check: str, port: int) -> None:
        if check == "postgresql":
            monkeypatch.setitem(connections.settings["default"], "PORT", port)
        elif check == "redis":
            cache = settings.CACHES["default"] | {"LOCATION": f"redis://127.0.0.1:{port}/0"}
            settings.CACHES = {"default": cache}
        else:
            scheme, options = ("amqp", {"confirm_publish": True}) if check == "rabbitmq" else ("redis", {})
            monkeypatch.setitem(current_app.conf, "broker_write_url", f"{scheme}://127.0.0.1:{port}/0")
            monkeypatch.setitem(current_app.conf, "broker_transport_options", options)

    return redirect


@pytest.fixture(name="is_ready")
def _is_ready(client: Client) -> None:
    """Let the process look for migrations, which it does once: on a busy machine it can miss the deadline."""
    wait_until(lambda: client.get("/health/ready").status_code == 200)


@pytest.fixture(name="port", params=["hangs", "refuses"])
def _port(request: pytest.FixtureRequest) -> Iterator[int]:
    """Give the port of a server that accepts and never answers, or of none."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        if request.param == "hangs":
            server.listen()
        yield server.getsockname()[1]


@pytest.mark.proves("postgresql")
@pytest.mark.proves("redis")
@pytest.mark.usefixtures("is_ready")
def test_ready_when_all_answer(client: Client) -> None:
    response = client.get("/health/ready")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ready",
        "checks": {"postgresql": {"status": "up"}, "redis": {"status": "up"}, "broker": {"status": "up"}},
    }


@pytest.mark.usefixtures("is_ready")
@pytest.mark.parametrize("dependency", ["postgresql", "redis", "broker", "rabbitmq"])
def test_unready_in_time_when_one_hangs_or_refuses(
    client: Client, redirect: Redirect, dependency: str, port: int
) -> None:
    redirect(dependency, port)
    started = time.monotonic()
    response = client.get("/health/ready")
    assert time.monotonic() - started < SECONDS
    assert response.status_code == 503
    states = {name: check["status"] for name, check in response.json()["checks"].items()}
    name = "broker" if dependency == "rabbitmq" else dependency
    assert states == {"postgresql": "up", "redis": "up", "broker": "up"} | {name: "down"}
    assert "127.0.0.1" not in response.text and str(port) not in response.text


def test_live_asks_nobody(client: Client, redirect: Redirect) -> None:
    with socket.create_server(("127.0.0.1", 0)) as black_hole:
        for dependency in checks.CHECKS:
            redirect(dependency, black_hole.getsockname()[1])
        assert client.get("/health/live").json() == {"status": "live"}
        black_hole.settimeout(0)
        with pytest.raises(BlockingIOError):
            black_hole.accept()


def test_an_unready_probe_is_a_warning_and_no_error(
    client: Client, redirect: Redirect, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        redirect("redis", nobody.getsockname()[1])
        assert client.get("/health/ready").status_code == 503
    assert "redis is not ready" in caplog.text
    assert max(record.levelno for record in caplog.records) == logging.WARNING


def test_unready_while_a_migration_is_not_applied(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "DEADLINE", 30)  # to look for migrations takes a busy machine longer
    checks._migrated.clear()  # pylint: disable=protected-access
    call_command("migrate", "authtoken", "zero", verbosity=0)
    try:
        reason = client.get("/health/ready").json()["checks"]["postgresql"]["reason"]
        assert "migrations are not applied" in reason
    finally:
        call_command("migrate", "authtoken", verbosity=0)
    assert client.get("/health/ready").status_code == 200


@pytest.mark.usefixtures("is_ready")
def test_no_probe_leaves_a_connection_open(client: Client) -> None:
    def others() -> set[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pid FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            return {pid for (pid,) in cursor.fetchall()}

    before = others()
    gc.disable()  # which would end a forgotten connection some day
    try:
        checks._migrated.clear()  # pylint: disable=protected-access
        wait_until(lambda: client.get("/health/ready").status_code == 200)
        wait_until(lambda: others() <= before, 10)
    finally:
        gc.enable()


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_probes_come_by_plain_http_to_any_host_and_leave_no_trace(
    client: Client, settings: Settings, path: str
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    response = client.get(path, headers={"host": "10.0.0.7:8000"})
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    assert client.get("/", headers={"host": "10.0.0.7:8000"}).status_code == 400
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200


def test_probes_answer_under_asgi() -> None:
    async def statuses() -> list[int]:
        client = AsyncClient()
        return [
            (await client.get(path)).status_code for path in ("/health/live", "/health/ready", "/health/x")
        ]

    assert asyncio.run(statuses()) == [200, 200, 404]
