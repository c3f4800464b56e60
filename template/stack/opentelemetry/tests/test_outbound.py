"""A call of another server belongs to the request that made it, and tells the server so."""

from pathlib import Path

import pytest

from stack.opentelemetry.tests.collector import PARENT, TRACE, Collector
from stack.outbound.tests.peers import peer, says
from tests.processes import get, gunicorn, wait_until

VIEW = "GET partner/<int:port>/"


@pytest.mark.proves("opentelemetry")
def test_a_call_is_in_the_request_s_trace_and_carries_it(collector: Collector, tmp_path: Path) -> None:
    allowed = {"OUTBOUND_SCHEMES": "http", "OUTBOUND_ALLOWED_NETWORKS": "127.0.0.1"}
    variables = collector.variables(**allowed)
    with (
        peer(says("200 OK", b"hello")) as server,
        gunicorn(tmp_path / "log", "stack.opentelemetry.tests.calling:wsgi", **variables) as (_, port),
    ):
        answer = get(port, f"/partner/{server.port}/", traceparent=PARENT, baggage="customer=ada")
        assert (answer[0], answer[2]) == (200, "hello")
        wait_until(lambda: {VIEW, "GET 127.0.0.1"} <= collector.named.keys())
    call = collector.named["GET 127.0.0.1"]
    assert call.parent_span_id == collector.named[VIEW].span_id
    (head,) = server.heads
    assert f"traceparent: 00-{TRACE}-{call.span_id.hex()}-01" in head
    assert "ada" not in head
    assert "s3cret" not in str(call)
