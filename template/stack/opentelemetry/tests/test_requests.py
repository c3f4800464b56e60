"""Spans of requests, and of their SQL, leave real servers."""

import json
from pathlib import Path

import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Span  # pylint: disable=no-name-in-module

from stack.environment import PROJECT_SLUG
from stack.opentelemetry.tests.collector import PARENT, TRACE, Collector
from tests.processes import PRODUCTION, get, gunicorn, running, wait_until

pytestmark = pytest.mark.proves("opentelemetry")

MODULE = "stack.opentelemetry.tests.traced"
ORDER = "GET orders/<int:number>/"


def served(collector: Collector) -> list[str]:
    """Return the names of the trace's requests."""
    return [span.name for span in collector.trace if span.kind == Span.SPAN_KIND_SERVER]


def test_requests_and_their_sql_are_one_trace(collector: Collector, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with gunicorn(log, f"{MODULE}:wsgi", **collector.variables(OTEL_SERVICE_NAME="shop")) as (_, port):
        assert get(port, "/health/ready", traceparent=PARENT)[0] in (200, 503)
        assert get(port, "/orders/5/", traceparent=PARENT)[0] == 200
        wait_until(lambda: ORDER in collector.named and collector.statements)

    request = collector.named[ORDER]
    assert served(collector) == [ORDER]
    assert request.parent_span_id.hex() == PARENT.split("-")[2]
    assert collector.statements["SELECT 'in the view'"].parent_span_id == request.span_id
    assert {service for service, _ in collector.spans} == {"shop"}

    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    assert {line["trace_id"] for line in lines if line["logger"] == "shop"} == {TRACE}
    assert {line["trace_id"] for line in lines if line["logger"] == "access" and line["route"]} <= {TRACE}


def test_requests_under_asgi_are_traced(collector: Collector, tmp_path: Path) -> None:
    log = tmp_path / "log"
    arguments = ["-k", "uvicorn_worker.UvicornWorker", f"{MODULE}:asgi"]
    with gunicorn(log, *arguments, **collector.variables()) as (_, port):
        assert get(port, "/health/live", traceparent=PARENT)[0] == 200
        assert get(port, "/orders-async/5/", traceparent=PARENT)[0] == 200
        name = "GET orders-async/<int:number>/"
        wait_until(lambda: name in collector.named and collector.statements)
    assert served(collector) == [name]
    assert collector.statements["SELECT 'in the view'"].parent_span_id == collector.named[name].span_id
    assert {service for service, _ in collector.spans} == {PROJECT_SLUG}
    assert "Traceback" not in log.read_text()


def test_the_standard_sampler_variable_is_obeyed(collector: Collector, tmp_path: Path) -> None:
    env = collector.variables(OTEL_TRACES_SAMPLER="parentbased_always_off")
    with gunicorn(tmp_path / "log", f"{MODULE}:wsgi", **env) as (_, port):
        get(port, "/none/")
        get(port, "/none/", traceparent=PARENT)
        wait_until(lambda: collector.trace)
    assert {span.trace_id.hex() for _, span in collector.spans} == {TRACE}


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
