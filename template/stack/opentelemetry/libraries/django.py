"""Requests, under WSGI and ASGI."""

from django.http import HttpRequest
from opentelemetry.instrumentation.django import DjangoInstrumentor
from opentelemetry.sdk.trace import Span

PROBES = "/health/(live|ready)$"
"""Asked for every few seconds: each would be a trace of its own."""

ADDRESSES = ("http.url", "http.target", "url.full", "url.path", "url.query")
HIDDEN = "[hidden]"


def instrument() -> None:
    """Trace them."""
    DjangoInstrumentor().instrument(excluded_urls=PROBES, request_hook=hide)


def hide(span: Span, _request: HttpRequest) -> None:
    """Take out path and query, which carry tokens; the route is another attribute, and the span's name."""
    known = span.attributes if span.is_recording() else {}  # one that is not sampled has none
    for name in ADDRESSES:
        if name in (known or {}):
            span.set_attribute(name, HIDDEN)
