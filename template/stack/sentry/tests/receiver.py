"""A server that speaks Sentry's envelope protocol."""

import gzip
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import brotli  # type: ignore[import-untyped]

from tests.processes import wait_until

DECODERS = {"br": brotli.decompress, "gzip": gzip.decompress}


class Envelopes(ThreadingHTTPServer):
    """Takes envelopes, and keeps the events that are in them."""

    def __init__(self) -> None:
        """Listen on a free port."""
        super().__init__(("127.0.0.1", 0), Receiver)
        self.events: list[dict[str, Any]] = []
        self.keys: set[str] = set()
        self.bodies: list[bytes] = []

    @property
    def dsn(self) -> str:
        """Return what SENTRY_DSN is set to."""
        return f"http://public@127.0.0.1:{self.server_address[1]}/42"

    def event(self, message: str) -> dict[str, Any]:
        """Return the one event whose exception has this message, as soon as it arrives."""

        def found() -> list[dict[str, Any]]:
            return [event for event in self.events if event["exception"]["values"][-1]["value"] == message]

        (event,) = wait_until(found)
        return event


class Receiver(BaseHTTPRequestHandler):
    """Reads one envelope: a line of headers, then for each item a line of headers and its payload."""

    server: Envelopes

    def do_POST(self) -> None:  # pylint: disable=invalid-name
        """Take an envelope for project 42."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        body = DECODERS[self.headers["Content-Encoding"]](body)
        self.server.bodies.append(body)
        if self.path == "/api/42/envelope/":
            self.server.keys.add(self.headers["X-Sentry-Auth"])
            _, *items = body.split(b"\n")
            for header, payload in zip(items[::2], items[1::2], strict=False):
                if json.loads(header)["type"] == "event":
                    self.server.events.append(json.loads(payload))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: Any) -> None:  # pylint: disable=arguments-differ
        """Say nothing."""


def assert_clean(event: dict[str, Any]) -> None:
    """Check that an event tells no user and no secret; but for the lines of code, where the test's own is."""
    lines = {"pre_context", "context_line", "post_context"}
    exception = event["exception"]["values"][-1]
    frames = [
        {name: value for name, value in frame.items() if name not in lines}
        for frame in exception["stacktrace"]["frames"]
    ]
    assert "user" not in event
    assert "hunter2" not in json.dumps({**event, "exception": {**exception, "stacktrace": frames}})
