"""WebSockets by hand (RFC 6455), for what no decent client does."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from stack.websockets.tests.server import Site

TEXT, CONTINUED, PING = 0x1, 0x0, 0x9


@contextmanager
def raw(
    server: Site, cookie: str, host: str | None = None, query: str = "", buffer: int | None = None
) -> Iterator[tuple[socket.socket, bytes]]:
    """Connect, and shake hands.

    Args:
        server: Where to.
        cookie: Who comes.
        host: The host that is asked for; the server's own if None.
        query: The address's query.
        buffer: How many bytes may wait to be read on this side; as the system likes, if None.

    Yields:
        The connection, and the first bytes of the answer.
    """
    host = host or f"localhost:{server.port}"
    lines = [
        f"GET /ws/things/{query} HTTP/1.1",
        f"Host: {host}",
        f"Origin: {server.origin}",
        f"Cookie: {cookie}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ]
    with socket.socket() as connection:
        connection.settimeout(20)
        if buffer:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        connection.connect(("127.0.0.1", server.port))
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        yield connection, connection.recv(200)


def frame(opcode: int, payload: bytes, *, last: bool = True) -> bytes:
    """Return a frame of a client, whose mask is of zeros."""
    length = len(payload)
    head = bytes([0x80 * last | opcode])
    if length < 126:
        head += bytes([0x80 | length])
    elif length < 1 << 16:
        head += bytes([0x80 | 126]) + length.to_bytes(2)
    else:
        head += bytes([0x80 | 127]) + length.to_bytes(8)
    return head + bytes(4) + payload


def is_cut_off(connection: socket.socket) -> bool:
    """Say whether the other side has gone, without reading what is there."""
    try:
        connection.sendall(frame(PING, b""))
        connection.sendall(frame(PING, b""))
    except OSError:
        return True
    return False
