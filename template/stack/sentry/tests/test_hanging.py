"""A server that hangs holds nobody."""

from tests.hanging import report_to_nobody


def test_a_report_is_left_to_a_thread_and_a_process_that_ends_waits_two_seconds_for_it() -> None:
    took, lived_on = report_to_nobody(
        "import sentry_sdk",
        'sentry_sdk.capture_message("the till is broken")',
        "SENTRY_DSN",
        "http://public@127.0.0.1:{port}/42",
    )
    assert took < 10  # of the 30 that its sender waits
    assert 1 < lived_on < 10
