"""A small server of objects, for tests to teach the protocol of a cloud."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from urllib.parse import unquote, urlsplit

from tests.servers import listening


class Cloud(BaseHTTPRequestHandler):
    """Keeps the objects of one server, by their path."""

    protocol_version = "HTTP/1.1"
    objects: dict[str, bytes]

    def log_message(self, *args: object) -> None:  # noqa: D102  # pylint: disable=arguments-differ
        pass

    @property
    def path_only(self) -> str:
        """The path asked for."""
        return unquote(urlsplit(self.path).path)

    def read(self) -> bytes:
        """Give the request's body."""
        return self.rfile.read(int(self.headers["Content-Length"] or 0))

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Send an answer."""
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


@contextmanager
def serving(cloud: type[Cloud]) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Serve an empty cloud.

    Yields:
        Its address, and the objects in it.
    """
    objects: dict[str, bytes] = {}
    handler = type(cloud.__name__, (cloud,), {"objects": objects})
    with listening(handler) as address:
        yield address, objects
