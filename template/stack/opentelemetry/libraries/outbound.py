"""Calls of other servers: they learn to which trace a call belongs, and nothing else of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.trace import SpanKind
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from stack.outbound import hooks

tracer = trace.get_tracer(__name__)
propagator = (
    TraceContextTextMapPropagator()
)  # by itself: what the baggage has is not for other people's servers


def instrument() -> None:
    """Trace them."""
    hooks.calling.append(called)


@contextmanager
def called(method: str, host: str, headers: hooks.Headers) -> Iterator[None]:
    """Give a call a span, and tell the server of it (`traceparent`, W3C)."""
    attributes = {"http.request.method": method, "server.address": host}
    with tracer.start_as_current_span(f"{method} {host}", kind=SpanKind.CLIENT, attributes=attributes):
        propagator.inject(headers)
        yield
