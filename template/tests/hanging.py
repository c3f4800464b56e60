"""What a process does whose telemetry goes to a server that takes a call and never answers."""

import socket
import subprocess
import sys
import time

from tests.processes import PRODUCTION, SECONDS, environment

PROGRAM = """
import time
import django; django.setup()
{prepare}
started = time.monotonic()
{report}
print(time.monotonic() - started, time.monotonic(), flush=True)
"""


def report_to_nobody(
    prepare: str, report: str, variable: str, address: str, **variables: str
) -> tuple[float, float]:
    """Run a production process that reports something, and ends.

    Args:
        prepare: Its statement before.
        report: Its statement that reports.
        variable: The environment variable that names the server.
        address: What it is set to, with the port's place as `{port}`.
        variables: More environment variables.

    Returns:
        How long the statement took, and how long the process lived after it; seconds.
    """
    with socket.create_server(("127.0.0.1", 0)) as black_hole:
        named = {variable: address.format(port=black_hole.getsockname()[1])}
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM.format(prepare=prepare, report=report)],
            env=environment(**PRODUCTION, DJANGO_SETTINGS_MODULE="config.settings", **named, **variables),
            stdout=subprocess.PIPE,
            text=True,
            timeout=SECONDS,
            check=True,
        )
        ended = time.monotonic()
        black_hole.settimeout(SECONDS)
        black_hole.accept()[0].close()  # it was called
    took, reported = (float(seconds) for seconds in done.stdout.splitlines()[0].split())
    return took, ended - reported
