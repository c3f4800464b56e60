"""OpenTelemetry: off until OTEL_EXPORTER_OTLP_ENDPOINT is set; the SDK reads the other OTEL_ variables."""

from stack.environment import env

OTEL_EXPORTER_OTLP_ENDPOINT: str = env.str("OTEL_EXPORTER_OTLP_ENDPOINT", "")
