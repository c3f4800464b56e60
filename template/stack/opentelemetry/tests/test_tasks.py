"""Spans of tasks belong to the request that sent them."""

import json
from pathlib import Path
from uuid import uuid4

import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Span  # pylint: disable=no-name-in-module

from stack.opentelemetry.tests.collector import PARENT, TRACE, Collector
from tests.processes import get, gunicorn, running, wait_until

MODULE = "stack.opentelemetry.tests.packing"
REQUEST, SENT, RUN = "GET pack/", f"apply_async/{MODULE}.pack", f"run/{MODULE}.pack"


@pytest.mark.proves("opentelemetry")
def test_one_trace_from_the_request_to_the_task(collector: Collector, tmp_path: Path) -> None:
    queue = f"opentelemetry-{uuid4().hex}"
    env = collector.variables(CELERY_TASK_DEFAULT_QUEUE=queue)
    worker = ["celery", "--quiet", "-A", MODULE, "worker", "--concurrency=1", f"--hostname={queue}@test"]
    worker += ["--loglevel=INFO"]
    log = tmp_path / "worker"
    with running(worker, log, **env), gunicorn(tmp_path / "web", f"{MODULE}:wsgi", **env) as (_, port):
        assert get(port, "/pack/", traceparent=PARENT)[0] == 200
        wait_until(lambda: {REQUEST, SENT, RUN} <= collector.named.keys() and collector.statements)

    spans = collector.named
    assert spans[SENT].parent_span_id == spans[REQUEST].span_id
    assert spans[RUN].parent_span_id == spans[SENT].span_id
    assert collector.statements["SELECT 'in the task'"].parent_span_id == spans[RUN].span_id
    assert all(span.kind != Span.SPAN_KIND_CLIENT or span.parent_span_id for _, span in collector.spans)

    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    assert {line["trace_id"] for line in lines if line["logger"] == "shop"} == {TRACE}
