"""Reserved ports: nobody else's, yet free for the server."""

from __future__ import annotations

import socket

import pytest

from stackyard.services import ports


def test_a_reserved_port_is_given_once() -> None:
    assert len({ports.reserve() for _ in range(50)}) == 50


def test_a_server_can_listen_on_it_and_come_back_after_a_restart() -> None:
    port = ports.reserve()
    for _ in range(2):
        with socket.create_server((ports.LOOPBACK, port)) as server:  # sets SO_REUSEADDR, as servers do
            with socket.create_connection((ports.LOOPBACK, port)) as client:
                accepted, _ = server.accept()
                accepted.close()
                client.close()


def test_another_run_cannot_reserve_it() -> None:
    port = ports.reserve()
    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.bind((ports.LOOPBACK, port))
