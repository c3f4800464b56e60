"""A broker that hangs is given up in time."""

import socket
import time

import pytest

from stack.rabbitmq import connection


@pytest.mark.parametrize("scheme", ["amqp", "amqps"])
def test_a_broker_that_hangs_is_given_up_in_time(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as black_hole:
        started = time.monotonic()
        with pytest.raises(OSError):
            connection.connect(f"{scheme}://127.0.0.1:{black_hole.getsockname()[1]}")
    assert time.monotonic() - started < 5
