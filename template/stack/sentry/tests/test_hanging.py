"""A server that hangs holds nobody."""

import socket
import subprocess
import sys
import time

from tests.processes import PRODUCTION, SECONDS, environment

REPORT = """
import time
import django; django.setup()
import sentry_sdk
started = time.monotonic()
sentry_sdk.capture_message("the till is broken")
print(time.monotonic() - started, time.monotonic(), flush=True)
"""


def test_a_report_is_left_to_a_thread_and_a_process_that_ends_waits_two_seconds_for_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as black_hole:
        dsn = f"http://public@127.0.0.1:{black_hole.getsockname()[1]}/42"
        done = subprocess.run(
            [sys.executable, "-c", REPORT],
            env=environment(**PRODUCTION, DJANGO_SETTINGS_MODULE="config.settings", SENTRY_DSN=dsn),
            stdout=subprocess.PIPE,
            text=True,
            timeout=SECONDS,
            check=True,
        )
        ended = time.monotonic()
        black_hole.settimeout(SECONDS)
        black_hole.accept()[0].close()  # it was called
    spent, reported = (float(seconds) for seconds in done.stdout.splitlines()[0].split())
    assert spent < 1
    assert 1 < ended - reported < 10
