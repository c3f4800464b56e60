"""Tasks whose effects can be counted: each appends a line to a file."""

import os
import signal
import time
from pathlib import Path

from celery import shared_task

from stack.celery.task import Task
from tests.processes import SECONDS


def append(path: str, line: str) -> None:
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


@shared_task(base=Task)
def mark(path: str, line: str) -> None:
    """Have an effect."""
    append(path, line)


@shared_task(base=Task, soft_time_limit=SECONDS, time_limit=SECONDS)
def mark_once_open(path: str, line: str) -> None:
    """Say that the work has begun, and have an effect once the gate is open; the time limit ends the wait."""
    append(f"{path}.begun", line)
    while not Path(f"{path}.gate").exists():
        time.sleep(0.02)
    append(path, line)


@shared_task(base=Task, default_retry_delay=0)
def mark_at_second_try(path: str, line: str) -> None:
    """Take the process down at the first try."""
    append(path, f"{line} tried")
    if Path(path).read_text(encoding="utf-8").count(f"{line} tried") == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    append(path, line)


@shared_task(base=Task, max_retries=1, default_retry_delay=0)
def always_lethal(path: str, line: str) -> None:
    """Take the process down at every try."""
    append(path, line)
    os.kill(os.getpid(), signal.SIGKILL)
