"""Events: an effect belongs to the trace of the request that told of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from opentelemetry import propagate, trace
from opentelemetry.trace import SpanKind

from stack.events import Message, hooks

tracer = trace.get_tracer(__name__)


def instrument() -> None:
    """Trace them."""
    hooks.emitting.append(emitted)
    hooks.handling.append(handled)


def emitted(headers: dict[str, str]) -> None:
    """Give an event a span, and tell it to those who read it (`traceparent`, W3C)."""
    with tracer.start_as_current_span(f"emit {headers['ce-type']}", kind=SpanKind.PRODUCER):
        propagate.inject(headers)


@contextmanager
def handled(message: Message[Any], group: str) -> Iterator[None]:
    """Give an event's effect a span, under the one that told of it."""
    attributes = {
        "messaging.operation.type": "process",
        "messaging.consumer.group.name": group,
        "messaging.message.id": str(message.id),
    }
    context = propagate.extract(message.headers)
    with tracer.start_as_current_span(
        f"process {message.type}", context, kind=SpanKind.CONSUMER, attributes=attributes
    ):
        yield
