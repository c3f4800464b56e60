"""A collector that hangs holds nobody."""

from tests.hanging import report_to_nobody


def test_a_span_is_left_to_a_thread_and_a_process_that_ends_waits_for_one_export() -> None:
    took, lived_on = report_to_nobody(
        "from opentelemetry import trace",
        'trace.get_tracer("till").start_span("sale").end()',
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "http://127.0.0.1:{port}",
        OTEL_EXPORTER_OTLP_TIMEOUT="4",  # seconds, of ten
    )
    assert took < 3
    assert 3 < lived_on < 15
