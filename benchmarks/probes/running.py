"""Other processes of the project's, which run beside a measurement."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 60.0
"""Seconds."""


@contextmanager
def running(*words: str, **variables: str) -> Iterator[None]:
    """Run Python with some arguments, and end it afterwards."""
    with subprocess.Popen([sys.executable, *words], stdout=sys.stderr, env=os.environ | variables) as process:
        try:
            yield
        finally:
            process.terminate()


def wait_until(done: Callable[[], bool], what: str, every: float = 0.02) -> None:
    """Wait until something is so.

    Raises:
        TimeoutError: It does not come to be so.
    """
    deadline = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {PATIENCE:g} s")
        time.sleep(every)
