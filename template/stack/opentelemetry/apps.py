"""Turns OpenTelemetry on."""

from django.apps import AppConfig
from django.conf import settings


class OpenTelemetryConfig(AppConfig):
    """Instruments each process that sets Django up: web, worker, Beat, command."""

    name = "stack.opentelemetry"
    label = "stack_opentelemetry"

    def ready(self) -> None:
        """Instrument, if there is a collector to export to."""
        if settings.OTEL_EXPORTER_OTLP_ENDPOINT:
            from stack.opentelemetry.tracing import instrument  # pylint: disable=import-outside-toplevel

            instrument(settings.OTEL_SERVICE_NAME)
