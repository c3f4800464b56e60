"""A collector that hangs holds nobody."""

import socket
import subprocess
import sys
import time

from tests.processes import PRODUCTION, SECONDS, environment

TRACE = """
import time
import django; django.setup()
from opentelemetry import trace
started = time.monotonic()
with trace.get_tracer("till").start_as_current_span("sale"):
    pass
print(time.monotonic() - started, time.monotonic(), flush=True)
"""


def test_a_span_is_left_to_a_thread_and_a_process_that_ends_waits_for_one_export() -> None:
    with socket.create_server(("127.0.0.1", 0)) as black_hole:
        variables = {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{black_hole.getsockname()[1]}",
            "OTEL_EXPORTER_OTLP_TIMEOUT": "2",  # seconds, of ten
        }
        done = subprocess.run(
            [sys.executable, "-c", TRACE],
            env=environment(**PRODUCTION, **variables),
            stdout=subprocess.PIPE,
            text=True,
            timeout=SECONDS,
            check=True,
        )
        ended = time.monotonic()
        black_hole.settimeout(SECONDS)
        black_hole.accept()[0].close()  # it was called
    spent, traced = (float(seconds) for seconds in done.stdout.splitlines()[0].split())
    assert spent < 1
    assert 1 < ended - traced < 8
