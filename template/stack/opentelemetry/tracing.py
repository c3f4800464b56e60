"""What is traced, and how the spans leave.

The SDK reads its own standard variables: OTEL_SERVICE_NAME, OTEL_TRACES_SAMPLER, OTEL_BSP_* and
the rest. Its exporting thread starts anew in each forked worker.
"""

import logging
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind

from stack.environment import PROJECT_SLUG
from stack.opentelemetry import libraries


class AskedFor(BatchSpanProcessor):
    """Exports requests and the like, and all that they cause.

    What a process does unasked, such as looking for work each second, would be a trace of one span each time.
    """

    def on_end(self, span: ReadableSpan) -> None:
        """Queue the span, unless it is a call that nothing above it asked for."""
        if span.kind is SpanKind.CLIENT and span.parent is None:
            return
        super().on_end(span)


def instrument() -> None:
    """Trace what there is a module for in ``libraries``, and put the trace's id in the logs."""
    project = Resource.create({"service.name": PROJECT_SLUG})
    provider = TracerProvider(resource=project.merge(OTELResourceDetector().detect()))  # whose variables win
    provider.add_span_processor(AskedFor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    for module in iter_modules(libraries.__path__, f"{libraries.__name__}."):
        import_module(module.name).instrument()
    put_trace_in_logs()


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
