"""Celery: tasks, and what sends them."""

from typing import Any

from celery.signals import worker_process_shutdown
from opentelemetry import trace
from opentelemetry.instrumentation.celery import CeleryInstrumentor
from opentelemetry.sdk.trace import TracerProvider


def instrument() -> None:
    """Trace them, and let no worker take its last seconds of spans with it."""
    CeleryInstrumentor().instrument()  # type: ignore[no-untyped-call]
    worker_process_shutdown.connect(flush)


def flush(**_: Any) -> None:
    """Export what waits: Celery's processes leave without atexit."""
    provider = trace.get_tracer_provider()
    assert isinstance(provider, TracerProvider)
    provider.force_flush(timeout_millis=5_000)
