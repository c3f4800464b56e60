"""Which sockets the policy of pages lets them open, where those have a port of their own."""

import pytest

from stack.websockets.sources import socket_sources


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", ["ws://localhost:8001"]),
        (" app.example.com", ["ws://app.example.com:8001"]),
        (".example.com", ["ws://example.com:8001", "ws://*.example.com:8001"]),
        ("*", ["ws://*:8001"]),
        ("[::1]", []),
        ("", []),
    ],
)
def test_each_host_has_its_source(host: str, expected: list[str]) -> None:
    assert socket_sources([host], 8001) == expected
