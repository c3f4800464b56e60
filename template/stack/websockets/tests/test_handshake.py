"""Whoever shakes no hands is sent away: the parser's refusals are answered, and a handshake has its time."""

import asyncio
from typing import Any

import pytest
from pytest_django import Settings
from uvicorn import Config
from uvicorn.server import ServerState

from stack.websockets.protocol import Protocol

SECONDS = 20
"""Until a client that hears nothing is sure of it."""


def request(*more: str, query: str = "") -> bytes:
    """Return a handshake."""
    lines = (
        f"GET /{query} HTTP/1.1",
        "Host: localhost",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    )
    return "\r\n".join([*lines, *more, "", ""]).encode("latin-1")


async def silent(_scope: Any, _receive: Any, _send: Any) -> None:
    """Wait, as for a database that hangs."""
    await asyncio.Event().wait()


async def open_for_a_while(_scope: Any, _receive: Any, send: Any) -> None:
    """Accept, and say something much later than a handshake may take."""
    await send({"type": "websocket.accept"})
    await asyncio.sleep(0.5)
    await send({"type": "websocket.send", "text": "later"})


def answer(sent: bytes, application: Any) -> bytes:
    """Serve an application, send it something, and read until the connection is closed."""

    async def talk() -> bytes:
        state, config = ServerState(), Config(application)
        config.load()
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: Protocol(config, state, {}), "127.0.0.1", 0)
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(sent)
        async with asyncio.timeout(SECONDS):
            read = await reader.read()
        writer.close()
        async with asyncio.timeout(SECONDS):
            while state.connections:
                await asyncio.sleep(0)
        server.close()
        return read

    return asyncio.run(talk())


@pytest.mark.asvs("15.2.2")
@pytest.mark.parametrize(
    ("sent", "status"),
    [
        pytest.param(request(*(f"X-{number}: 1" for number in range(150))), b"431", id="many headers"),
        pytest.param(request(f"X: {'x' * 9_000}"), b"431", id="a long header"),
        pytest.param(request(query="x" * 9_000), b"414", id="a long address"),
        pytest.param(request("no header"), b"", id="no header"),
    ],
)
def test_what_the_parser_refuses_is_answered_and_closed(sent: bytes, status: bytes) -> None:
    assert answer(sent, silent)[9:12] == status


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        pytest.param(request(), b"500", id="an application that does not answer"),
        pytest.param(request()[:-2], b"500", id="a client that does not end"),
        pytest.param(b"", b"500", id="a client that says nothing"),
    ],
)
def test_a_handshake_has_its_time(sent: bytes, status: bytes, settings: Settings) -> None:
    settings.WEBSOCKET_HANDSHAKE_SECONDS = 0.2
    assert answer(sent, silent)[9:12] == status


def test_a_socket_has_more(settings: Settings) -> None:
    settings.WEBSOCKET_HANDSHAKE_SECONDS = 0.2
    assert answer(request(), open_for_a_while).endswith(b"later")
