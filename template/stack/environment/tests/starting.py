"""A process that reads its variables, and ends."""

import time
from typing import NamedTuple

from stack.environment.store import DEADLINE
from tests.processes import ended

SHOW = "import os, stack.environment; print(*map(os.environ.get, ['ALPHA', 'BETA', 'GAMMA']))"
START = 10.0
"""Seconds that a process takes to start, at most."""


class Started(NamedTuple):
    """What became of it: what it wrote, and the seconds that it took."""

    output: str
    error: str
    seconds: float


def started(**variables: str) -> Started:
    """Start it with these variables; it shows three of them."""
    begun = time.monotonic()
    done = ended("python", "-c", SHOW, ENV_FILE="/dev/null", **variables)
    assert (done.returncode == 0) is (done.stderr == "") is (done.stdout != ""), done
    return Started(done.stdout.strip(), done.stderr, time.monotonic() - begun)


def complaint(**variables: str) -> str:
    """Return the one line that stops its start, within the time that this may take."""
    refused = started(**variables)
    assert refused.seconds < DEADLINE + START
    (line,) = refused.error.splitlines()
    return line
