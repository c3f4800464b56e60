"""Tasks whose effects can be counted: each appends a line to a file."""

import os
import signal
import time
from pathlib import Path

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.tasks import task

from stack.celery.task import Task


def append(path: str, line: str) -> None:
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


@task
def mark(path: str, line: str) -> None:
    """Have an effect."""
    append(path, line)


@task
def mark_once_open(path: str, line: str) -> None:
    """Say that the work has begun, and have an effect once the gate is open; the time limit ends the wait."""
    append(f"{path}.begun", line)
    while not Path(f"{path}.gate").exists():
        time.sleep(0.02)
    append(path, line)


@task
def mark_at_second_try(path: str, line: str) -> None:
    """Fail at the first try."""
    append(path, f"{line} tried")
    if Path(path).read_text(encoding="utf-8").count(f"{line} tried") == 1:
        raise OSError("the disk is full")
    append(path, line)


@task
def fail(path: str, line: str) -> None:
    """Fail at every try."""
    append(path, line)
    raise RuntimeError("the disk is broken")


@task(backend="short")
def mark_out_of_time(path: str, line: str) -> None:
    """Have an effect, and be told that there is no more time for another."""
    append(path, line)
    raise SoftTimeLimitExceeded


@shared_task(base=Task)
def celery_mark(path: str, line: str) -> None:
    """Have an effect, by Celery's own interface."""
    append(path, line)


@shared_task(base=Task, default_retry_delay=0)
def lethal_at_first(path: str, line: str) -> None:
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
