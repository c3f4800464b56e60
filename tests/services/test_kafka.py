"""The embedded broker of Kafka's protocol: on loopback only; asked, and keeping, by Kafka's own requests."""

from __future__ import annotations

import signal
import socket
import sys
import threading
import time

import pytest

from stackyard.services import kafka
from tests.conftest import Run, Sandbox, descendants
from tests.services.test_rabbitmq import listening

# pylint: disable=protected-access

HOLD = (
    "import os, time, pathlib;"
    "pathlib.Path('brokers').write_text(os.environ.get('KAFKA_BROKERS', 'none')); time.sleep(600)"
)
GIVEN = {"DATABASE_URL": "", "REDIS_URL": ""}


@pytest.fixture(name="run")
def fixture_run(sandbox: Sandbox) -> Run:
    return sandbox.start("run", "--", sys.executable, "-c", HOLD, **GIVEN, KAFKA_BROKERS="embedded")


@pytest.mark.proves("kafka")
def test_a_broker_of_its_own_on_loopback_that_ends_at_once(run: Run) -> None:
    host, _, port = run.await_file("brokers").partition(":")
    assert host == "127.0.0.1" and kafka._is_ready(int(port))
    assert listening(descendants(run.process.pid)) == {"0100007F"}
    with socket.create_connection((host, int(port))):  # it waits for no client
        started = time.monotonic()
        code, _, errors = run.end(signal.SIGTERM)
    assert code == 143 and time.monotonic() - started < 4
    assert "for Kafka ready on 127.0.0.1:" in errors


def test_a_project_that_does_not_name_it_gets_none(sandbox: Sandbox) -> None:
    sandbox.write(".env.example", "SECRET_KEY=\n")
    run = sandbox.start("run", "--", sys.executable, "-c", HOLD, **GIVEN, KAFKA_BROKERS="embedded")
    assert run.await_file("brokers") == "none"


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\0\0\0\6\0\0\0\7\0\0"])
def test_a_server_that_answers_otherwise_is_not_ready(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(64)
                connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        assert not kafka._is_ready(server.getsockname()[1])
        thread.join()
        port = server.getsockname()[1]
    assert not kafka._is_ready(port), "nobody is there"
