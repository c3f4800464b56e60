"""Servers on the loopback that answer as they are told, well or badly."""

import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

LONG = 20
"""Seconds; a call that has no limit is told by them, and holds its test no longer."""

type Script = Callable[[Peer, socket.socket], None]


@dataclass
class Peer:
    """A server.

    Attributes:
        port: Where it listens.
        script: What it does with a connection, once the request's head is read.
        heads: Of each request, as it came.
        ended: Is set when the test is over.
    """

    port: int
    script: Script
    heads: list[str] = field(default_factory=list)
    ended: Event = field(default_factory=Event)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}/"

    def serve(self, connection: socket.socket) -> None:
        """Serve one connection."""
        with suppress(OSError), connection:
            head = b""
            while b"\r\n\r\n" not in head:
                received = connection.recv(65_536)
                if not received:
                    return
                head += received
            self.heads.append(head.decode())
            self.script(self, connection)


@contextmanager
def peer(script: Script, tls: ssl.SSLContext | None = None) -> Iterator[Peer]:
    """Serve by a script, each connection in a thread."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Peer(listener.getsockname()[1], script)

        def welcome(connection: socket.socket) -> None:
            with suppress(OSError):
                server.serve(tls.wrap_socket(connection, server_side=True) if tls else connection)

        def accept() -> None:
            with suppress(OSError):
                while True:
                    Thread(target=welcome, args=[listener.accept()[0]], daemon=True).start()

        accepting = Thread(target=accept, daemon=True)
        accepting.start()
        try:
            yield server
        finally:
            server.ended.set()
            listener.shutdown(socket.SHUT_RDWR)
            accepting.join()


def says(status: str, body: bytes = b"", **headers: str) -> Script:
    """Answer properly."""
    return raw(answer(status, body, **headers))


def answer(status: str, body: bytes = b"", **headers: str) -> bytes:
    """Make an answer, with as many bytes as the header says unless it is told another number."""
    fields = {"Content-Length": str(len(body))} | headers
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in fields.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


def raw(*parts: bytes) -> Script:
    """Send these bytes, and break off."""

    def send(_server: Peer, connection: socket.socket) -> None:
        for part in parts:
            connection.sendall(part)

    return send


def in_turn(*scripts: Script) -> Script:
    """Do one after another, the last one for ever."""

    def next_one(server: Peer, connection: socket.socket) -> None:
        scripts[min(len(server.heads), len(scripts)) - 1](server, connection)

    return next_one


def hangs(server: Peer, _connection: socket.socket) -> None:
    """Never answer, for as long as a test may take."""
    server.ended.wait(LONG)


def drips(first: bytes) -> Script:
    """Send this, and then a byte every 20 ms, for as long as a test may take."""

    def drip(server: Peer, connection: socket.socket) -> None:
        connection.sendall(first)
        for _ in range(50 * LONG):
            if server.ended.wait(0.02):
                break
            connection.sendall(b"x")

    return drip


def authority(folder: Path, host: str) -> tuple[ssl.SSLContext, Path]:
    """Make a certificate for a host.

    Returns:
        The context of its server, and the file to trust it by.
    """
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subject = ["-subj", "/CN=peer", "-addext", f"subjectAltName={host}"]
    made = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(["openssl", "req", "-x509", *made, *subject], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context, certificate
