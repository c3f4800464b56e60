"""A WebSocket through nginx, by TLS: the handshake, one text there, one text back (RFC 6455)."""

from __future__ import annotations

import base64
import secrets
import socket
import ssl

from stackyard.services import ports
from tests.docker.stack import Stack


def echoed(stack: Stack, path: str, text: str) -> str:
    """Connect, send a text of less than 126 bytes, and give the text that comes back."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    address = (ports.LOOPBACK, int(stack.variables["HTTPS_PORT"]))
    with socket.create_connection(address, timeout=30) as plain, context.wrap_socket(plain) as secure:
        stream = secure.makefile("rb")
        secure.sendall(_handshake(path))
        status = stream.readline()
        assert b" 101 " in status, status
        while stream.readline().strip():
            pass
        payload, mask = text.encode(), secrets.token_bytes(4)
        masked = bytes(byte ^ mask[number % 4] for number, byte in enumerate(payload))
        secure.sendall(bytes([0x81, 0x80 | len(payload)]) + mask + masked)
        first, length = stream.read(2)
        assert (first, length) == (0x81, len(payload)), "one whole text, of the same length"
        return stream.read(length).decode()


def _handshake(path: str) -> bytes:
    lines = [
        f"GET {path} HTTP/1.1",
        "Host: localhost",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {base64.b64encode(secrets.token_bytes(16)).decode()}",
    ]
    return "\r\n".join([*lines, "", ""]).encode()
