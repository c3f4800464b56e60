"""Servers that are not as they should be."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler
from threading import Event, Thread

from tests.servers import listening


@contextmanager
def hanging() -> Iterator[str]:
    """Give the address of a server that takes connections, and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@contextmanager
def dying(port: int = 0) -> Iterator[tuple[str, list[str]]]:
    """Give the address of a server that takes connections and closes them, and a list of those."""
    calls: list[str] = []

    def serve() -> None:
        with suppress(OSError):  # closed
            while True:
                connection, _ = server.accept()
                calls.append("called")
                connection.close()

    with socket.create_server(("127.0.0.1", port)) as server:
        Thread(target=serve, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}", calls
        finally:
            server.shutdown(socket.SHUT_RDWR)


@contextmanager
def answering(status: int, body: str) -> Iterator[tuple[str, list[str]]]:
    """Give the address of a server that has one answer for everything, and a list of what it was asked."""
    calls: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        """Answers."""

        def do_GET(self) -> None:  # pylint: disable=invalid-name
            """Answer."""
            calls.append(self.path)
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

        do_POST = do_GET

        def log_message(self, *_: object) -> None:  # pylint: disable=arguments-differ
            """Say nothing."""

    with listening(Handler) as address:
        yield address, calls


@contextmanager
def dripping() -> Iterator[str]:
    """Give the address of a server whose answer never ends, and always goes on."""
    over = Event()

    def drip(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.recv(65_536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            while not over.wait(0.5):
                connection.sendall(b" ")

    def serve() -> None:
        with suppress(OSError):  # closed
            while True:
                Thread(target=drip, args=(server.accept()[0],), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=serve, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}"
        finally:
            over.set()
            server.shutdown(socket.SHUT_RDWR)
