"""Errors of real processes arrive at a server that speaks Sentry's envelope protocol."""

import gzip
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import uuid4

import brotli  # type: ignore[import-untyped]
import pytest

from tests.processes import PRODUCTION, get, gunicorn, running, wait_until

MODULE = "stack.sentry.tests.broken"
DECODERS = {"br": brotli.decompress, "gzip": gzip.decompress}


class Envelopes(ThreadingHTTPServer):
    """Takes envelopes, and keeps the events that are in them."""

    def __init__(self) -> None:
        """Listen on a free port."""
        super().__init__(("127.0.0.1", 0), Receiver)
        self.events: list[dict[str, Any]] = []
        self.keys: set[str] = set()

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


@pytest.fixture(name="sentry")
def sentry_that_listens() -> Iterator[Envelopes]:
    with Envelopes() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.proves("sentry")
def test_errors_of_requests_and_tasks_arrive(sentry: Envelopes, tmp_path: Path) -> None:
    queue = f"sentry-{uuid4().hex}"
    variables = PRODUCTION | {
        "SENTRY_DSN": sentry.dsn,
        "SENTRY_RELEASE": "shop@1.2.3",
        "CELERY_TASK_DEFAULT_QUEUE": queue,
    }
    worker = ["celery", "--quiet", "-A", MODULE, "worker", "--concurrency=1", f"--hostname={queue}@test"]
    with (
        running(worker, tmp_path / "worker", **variables),
        gunicorn(tmp_path / "web", f"{MODULE}:application", **variables) as (_, port),
    ):
        status, _, _ = get(
            port,
            "/fail/?token=hunter2",
            X_Request_ID="order-number-5",
            Cookie="sessionid=hunter2",
            Authorization="hunter2",
        )
        assert status == 500
        of_request = sentry.event("the till is broken after 7 orders")
        of_task = sentry.event("the packing machine is broken")

    assert of_request["transaction"] == "/fail/"
    assert of_task["transaction"] == "sentry-test.fail"
    for event in (of_request, of_task):
        assert event["environment"] == "production"
        assert event["release"] == "shop@1.2.3"
        assert event["tags"]["request_id"] == "order-number-5"
        assert "user" not in event
        assert "hunter2" not in json.dumps({**event, "exception": without_source(event)})
    assert all("sentry_key=public" in key for key in sentry.keys)


def without_source(event: dict[str, Any]) -> Any:
    """Return the event's exception without the lines of code: the test's own secret stands in them."""
    lines = {"pre_context", "context_line", "post_context"}
    exception = event["exception"]["values"][-1]
    frames = [
        {name: value for name, value in frame.items() if name not in lines}
        for frame in exception["stacktrace"]["frames"]
    ]
    return {**exception, "stacktrace": frames}


@pytest.mark.proves("sentry")
def test_nothing_is_sent_until_there_is_an_address(sentry: Envelopes, tmp_path: Path) -> None:
    check = "import django, sentry_sdk; django.setup(); print(sentry_sdk.get_client().is_active())"
    for dsn, active in (("", "False"), (sentry.dsn, "True")):
        log = tmp_path / "log"
        with running(
            ["python", "-W", "ignore", "-c", check],
            log,
            **PRODUCTION | {"SENTRY_DSN": dsn},
            DJANGO_SETTINGS_MODULE="config.settings",
        ) as process:
            assert process.wait(60) == 0
        assert log.read_text().strip() == active
