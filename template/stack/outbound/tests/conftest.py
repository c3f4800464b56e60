"""The loopback may be called, and nothing else is, whatever the code does."""

import socket
from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from typing import Any

import pytest
from pytest_django import Settings

from stack.outbound import breaker, retries

type Connected = list[str]


@pytest.fixture(autouse=True)
def fresh(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin without failures, pause for no time worth the name, and let peers be called."""
    settings.OUTBOUND_ALLOWED_NETWORKS = [ip_network("127.0.0.1")]
    monkeypatch.setattr(retries, "FIRST_SECONDS", 0.01)
    breaker.forget()
    yield
    breaker.forget()


@pytest.fixture(autouse=True, name="connected")
def _connected(monkeypatch: pytest.MonkeyPatch) -> Connected:
    """The addresses that were connected to: none but the loopback's is let through, no name looked up."""
    addresses: Connected = []
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def watched(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            addresses.append(address[0])
            if address[0] != "127.0.0.1":
                raise ConnectionRefusedError(f"a test may not call {ip_address(address[0])}")
        connect(self, address)

    def offline(host: str, *about: Any, **more: Any) -> Any:
        if "example.com" in host:
            host.encode("idna")  # which the real one does, too
            raise socket.gaierror(f"a test may not look up {host}")
        return look_up(host, *about, **more)

    monkeypatch.setattr(socket.socket, "connect", watched)
    monkeypatch.setattr(socket, "getaddrinfo", offline)
    return addresses
