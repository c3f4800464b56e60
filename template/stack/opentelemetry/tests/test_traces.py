"""Spans of real processes arrive at a receiver of OTLP over HTTP."""

import gzip
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest

# pylint: disable-next=no-name-in-module  # protobuf makes them at import
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span  # pylint: disable=no-name-in-module

from tests.processes import PRODUCTION, get, gunicorn, running, wait_until

MODULE = "stack.opentelemetry.tests.traced"
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
SPANS = {
    "GET orders/<int:number>/",
    "SELECT",
    "GET",
    "apply_async/opentelemetry-test.pack",
    "run/opentelemetry-test.pack",
}
PARENT = f"00-{TRACE}-00f067aa0ba902b7-01"


class Collector(ThreadingHTTPServer):
    """Takes exports of traces, and keeps their spans with the name of their service."""

    def __init__(self) -> None:
        """Listen on a free port."""
        super().__init__(("127.0.0.1", 0), Receiver)
        self.spans: list[tuple[str, Span]] = []

    @property
    def address(self) -> str:
        """Return what OTEL_EXPORTER_OTLP_ENDPOINT is set to."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def trace(self, trace_id: str) -> dict[str, Span]:
        """Return the spans of a trace so far, by name."""
        return {span.name: span for _, span in list(self.spans) if span.trace_id.hex() == trace_id}


class Receiver(BaseHTTPRequestHandler):
    """Reads one export: a protobuf message, compressed or not."""

    server: Collector

    def do_POST(self) -> None:  # pylint: disable=invalid-name
        """Take an export of traces."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        if self.path == "/v1/traces":
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                attributes = {pair.key: pair.value.string_value for pair in resource.resource.attributes}
                for scope in resource.scope_spans:
                    self.server.spans += [(attributes["service.name"], span) for span in scope.spans]
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:  # pylint: disable=arguments-differ
        """Say nothing."""


@pytest.fixture(name="collector")
def collector_that_listens() -> Iterator[Collector]:
    with Collector() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def variables(collector: Collector, **more: str) -> dict[str, str]:
    """Return production's environment, with spans that leave at once."""
    return (
        PRODUCTION
        | {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.address, "OTEL_BSP_SCHEDULE_DELAY": "100"}
        | more
    )


@pytest.mark.proves("opentelemetry")
def test_one_trace_from_the_request_to_the_task(collector: Collector, tmp_path: Path) -> None:
    queue = f"opentelemetry-{uuid4().hex}"
    env = variables(collector, CELERY_TASK_DEFAULT_QUEUE=queue, OTEL_SERVICE_NAME="shop")
    worker = ["celery", "--quiet", "-A", MODULE, "worker", "--concurrency=1", f"--hostname={queue}@test"]
    worker += ["--loglevel=INFO"]
    web_log, worker_log = tmp_path / "web", tmp_path / "worker"
    with running(worker, worker_log, **env), gunicorn(web_log, f"{MODULE}:wsgi", **env) as (_, port):
        assert get(port, "/health/ready", traceparent=PARENT)[0] in (200, 503)
        assert get(port, "/orders/5/", traceparent=PARENT)[0] == 200
        wait_until(lambda: SPANS <= collector.trace(TRACE).keys())
        statements = wait_until(lambda: len(select := selects(collector)) == 2 and select)

    spans = collector.trace(TRACE)
    request, task = spans["GET orders/<int:number>/"], spans["run/opentelemetry-test.pack"]
    sent = spans["apply_async/opentelemetry-test.pack"]
    assert served(collector) == ["GET orders/<int:number>/"]
    assert request.kind == Span.SPAN_KIND_SERVER
    assert request.parent_span_id.hex() == PARENT.split("-")[2]
    assert spans["GET"].parent_span_id == sent.parent_span_id == request.span_id
    assert task.parent_span_id == sent.span_id
    assert statements == {"SELECT 'in the view'": request.span_id, "SELECT 'in the task'": task.span_id}
    assert {service for service, _ in collector.spans} == {"shop"}
    assert all(span.kind != Span.SPAN_KIND_CLIENT or span.parent_span_id for _, span in collector.spans)

    for log in (web_log, worker_log):
        lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
        assert {line["trace_id"] for line in lines if line["logger"] == "shop"} == {TRACE}
        assert {line["trace_id"] for line in lines if line["logger"] == "access" and line["route"]} <= {TRACE}


def served(collector: Collector) -> list[str]:
    """Return the names of the trace's requests."""
    return [
        span.name
        for _, span in list(collector.spans)
        if span.trace_id.hex() == TRACE and span.kind == Span.SPAN_KIND_SERVER
    ]


def selects(collector: Collector) -> dict[str, bytes]:
    """Return the trace's SQL statements, and the spans in which they ran."""
    return {
        attribute.value.string_value: span.parent_span_id
        for _, span in list(collector.spans)
        for attribute in span.attributes
        if span.trace_id.hex() == TRACE and "'in the " in attribute.value.string_value
    }


@pytest.mark.proves("opentelemetry")
def test_requests_under_asgi_are_traced(collector: Collector, tmp_path: Path) -> None:
    log = tmp_path / "log"
    arguments = ["-k", "uvicorn_worker.UvicornWorker", f"{MODULE}:asgi"]
    with gunicorn(log, *arguments, **variables(collector)) as (_, port):
        assert get(port, "/health/live", traceparent=PARENT)[0] == 200
        assert get(port, "/orders-async/5/", traceparent=PARENT)[0] == 200
        name = "GET orders-async/<int:number>/"
        wait_until(lambda: {name, "GET"} <= collector.trace(TRACE).keys())
    spans = collector.trace(TRACE)
    assert served(collector) == [name]
    assert spans["GET"].parent_span_id == spans[name].span_id
    assert "Traceback" not in log.read_text()


@pytest.mark.proves("opentelemetry")
def test_the_standard_sampler_variable_is_obeyed(collector: Collector, tmp_path: Path) -> None:
    env = variables(collector, OTEL_TRACES_SAMPLER="parentbased_always_off")
    with gunicorn(tmp_path / "log", f"{MODULE}:wsgi", **env) as (_, port):
        get(port, "/none/")
        get(port, "/none/", traceparent=PARENT)
        wait_until(lambda: collector.trace(TRACE))
    assert {span.trace_id.hex() for _, span in collector.spans} == {TRACE}


@pytest.mark.proves("opentelemetry")
def test_nothing_is_instrumented_until_there_is_a_collector(tmp_path: Path) -> None:
    check = "import django, psycopg2; django.setup(); print(hasattr(psycopg2.connect, '__wrapped__'))"
    for endpoint, instrumented in (("", "False"), ("http://127.0.0.1:9", "True")):
        log = tmp_path / "log"
        env = PRODUCTION | {
            "OTEL_EXPORTER_OTLP_ENDPOINT": endpoint,
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        with running(["python", "-W", "ignore", "-c", check], log, **env) as process:
            assert process.wait(60) == 0
        assert log.read_text().strip() == instrumented
