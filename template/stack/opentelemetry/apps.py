"""Turns OpenTelemetry on."""

from django.apps import AppConfig

from stack.opentelemetry.settings import OTEL_EXPORTER_OTLP_ENDPOINT


class OpenTelemetryConfig(AppConfig):
    """Instruments each process that sets Django up."""

    name = "stack.opentelemetry"
    label = "stack_opentelemetry"

    def ready(self) -> None:
        """Instrument, if there is a collector to export to."""
        if OTEL_EXPORTER_OTLP_ENDPOINT:
            from stack.opentelemetry.tracing import instrument  # pylint: disable=import-outside-toplevel

            instrument()
