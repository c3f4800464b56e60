"""Spans of Redis belong to the request that asked."""

from pathlib import Path

import pytest

from stack.opentelemetry.tests.collector import PARENT, Collector
from tests.processes import get, gunicorn, wait_until


@pytest.mark.proves("opentelemetry")
def test_redis_is_in_the_request_s_trace(collector: Collector, tmp_path: Path) -> None:
    application = "stack.opentelemetry.tests.cached:wsgi"
    with gunicorn(tmp_path / "log", application, **collector.variables()) as (_, port):
        assert get(port, "/stock/", traceparent=PARENT)[0] == 200
        wait_until(lambda: {"GET stock/", "GET"} <= collector.named.keys())
    assert collector.named["GET"].parent_span_id == collector.named["GET stock/"].span_id
