"""Requests, under WSGI and ASGI."""

from opentelemetry.instrumentation.django import DjangoInstrumentor

PROBES = "/health/(live|ready)$"
"""Asked for every few seconds: each would be a trace of its own."""


def instrument() -> None:
    """Trace them."""
    DjangoInstrumentor().instrument(excluded_urls=PROBES)
