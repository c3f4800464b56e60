"""OpenTelemetry: one trace from the request through SQL and Redis to the task."""
