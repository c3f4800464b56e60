"""What is traced, and how the spans leave.

The SDK reads its own standard variables: OTEL_TRACES_SAMPLER, OTEL_RESOURCE_ATTRIBUTES, OTEL_BSP_* and
the rest. Its exporting thread starts anew in each forked worker.
"""

import logging
from typing import Any

from celery.signals import worker_process_shutdown
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.celery import CeleryInstrumentor
from opentelemetry.instrumentation.django import DjangoInstrumentor
from opentelemetry.instrumentation.psycopg2 import Psycopg2Instrumentor
from opentelemetry.instrumentation.redis import RedisInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind

PROBES = "/health/(live|ready)$"
"""Asked for every few seconds: each would be a trace of its own."""


class RequestsAndTasks(BatchSpanProcessor):
    """Exports what belongs to a request or a task.

    A worker asks its broker for work every second: each poll would be a trace of one span.
    """

    def on_end(self, span: ReadableSpan) -> None:
        """Queue the span, unless it is a call that nothing above it asked for."""
        if span.kind is SpanKind.CLIENT and span.parent is None:
            return
        super().on_end(span)


def instrument(service: str) -> None:
    """Trace Django, Celery, psycopg2 and Redis, and put the trace's id in the logs.

    Args:
        service: The name under which the collector knows this project.
    """
    provider = TracerProvider(resource=Resource.create({"service.name": service}))
    provider.add_span_processor(RequestsAndTasks(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    DjangoInstrumentor().instrument(excluded_urls=PROBES)
    for instrumentor in (CeleryInstrumentor, Psycopg2Instrumentor, RedisInstrumentor):
        instrumentor().instrument()
    put_trace_in_logs()

    @worker_process_shutdown.connect(weak=False)
    def flush(**_: Any) -> None:
        # Celery's processes leave without atexit, and would take the last seconds of spans with them.
        provider.force_flush(timeout_millis=5_000)


def put_trace_in_logs() -> None:
    """Give each log record the ids of its trace and span."""
    make_record = logging.getLogRecordFactory()

    def make_traced_record(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make_record(*args, **kwargs)
        context = trace.get_current_span().get_span_context()
        if context.is_valid:
            record.trace_id = trace.format_trace_id(context.trace_id)
            record.span_id = trace.format_span_id(context.span_id)
        return record

    logging.setLogRecordFactory(make_traced_record)
