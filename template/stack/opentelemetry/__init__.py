"""OpenTelemetry: one trace from the request to all that it causes."""
