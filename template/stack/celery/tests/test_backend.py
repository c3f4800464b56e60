"""Django's tasks are Celery's: the same names, sent on commit, tried again, and held up by no dead broker."""

import asyncio
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from celery import current_app
from django.db import transaction
from django.tasks import TaskContext, TaskResultStatus, task
from django.tasks.exceptions import InvalidTask
from django.utils import timezone
from pytest_django import Settings

from stack.celery.tests import tasks
from stack.celery.tests.processes import SCHEMES, Broker
from tests.processes import SECONDS, wait_until

PATIENCE = 10
"""Seconds that a web request may lose to a dead broker at most."""

MARK = "stack.celery.tests.tasks.mark"

SEND = """
import sys, time, django
django.setup()
from celery.exceptions import OperationalError
from django.db import transaction
from stack.celery.tests.tasks import mark
started = time.monotonic()
if sys.argv[1:] == ["atomic"]:
    with transaction.atomic():
        mark.enqueue("path", "line")
    print(time.monotonic() - started)
else:
    try:
        mark.enqueue("path", "line")
    except OperationalError:
        print(time.monotonic() - started)
"""


@pytest.fixture(name="queue")
def _queue(tmp_path: Path, settings: Settings) -> Broker:
    """Allow a queue of our own on the project's broker."""
    broker = Broker.at(settings.CELERY_BROKER_URL, tmp_path)
    settings.TASKS = {"default": settings.TASKS["default"] | {"QUEUES": ["default", broker.queue]}}
    return broker


@pytest.mark.django_db(transaction=True)
def test_a_task_is_sent_once_the_transaction_is_committed(queue: Broker) -> None:
    send = tasks.mark.using(queue_name=queue.queue).enqueue
    with transaction.atomic():
        send("path", "line")
        assert queue.queued() == 0
    assert queue.queued() == 1
    with transaction.atomic():
        send("path", "line")
        transaction.set_rollback(True)
    assert queue.queued() == 1
    queue.delete_queue()


def test_a_task_is_sent_at_once_outside_of_a_transaction_and_known_by_its_path(queue: Broker) -> None:
    result = tasks.mark.using(queue_name=queue.queue).enqueue("path", line="line")
    with queue.connection() as connection:
        message = connection.SimpleQueue(queue.queue).get(timeout=SECONDS)
    assert (message.headers["task"], message.headers["id"]) == (MARK, result.id)
    assert message.payload[:2] == [["path"], {"line": "line"}]
    assert result.status == TaskResultStatus.READY
    queue.delete_queue()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("when", ["atomic", "at once"])
def test_a_broker_that_never_answers_holds_nobody_up_for_long(scheme: str, when: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as black_hole:
        url = f"{scheme}://127.0.0.1:{black_hole.getsockname()[1]}/0"
        sent = subprocess.run(
            [sys.executable, "-c", SEND, when],
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "settings_test", "CELERY_BROKER_URL": url},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=True,
        )
    assert float(sent.stdout) < PATIENCE
    assert (f"{MARK} could not be started" in sent.stderr) == (when == "atomic")


@pytest.mark.usefixtures("task_worker")
def test_a_task_that_fails_is_tried_again(tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    tasks.mark_at_second_try.enqueue(str(marks), "line")
    wait_until(lambda: marks.exists() and marks.read_text("utf-8") == "line tried\nline tried\nline\n")


@pytest.mark.usefixtures("task_worker")
def test_a_task_that_always_fails_is_given_up_and_reported_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    known = current_app.tasks["stack.celery.tests.tasks.fail"]
    assert known.max_retries == 8
    monkeypatch.setattr(known, "max_retries", 1)
    marks = tmp_path / "marks"
    result = tasks.fail.enqueue(str(marks), "line")

    def errors() -> list[str]:
        return [record.message for record in caplog.records if record.levelno == logging.ERROR]

    wait_until(errors)
    assert marks.read_text("utf-8") == "line\n" * 2
    (error,) = errors()
    assert result.id in error and "the disk is broken" in error


@pytest.mark.usefixtures("task_worker")
def test_a_short_task_that_is_out_of_time_is_not_tried_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    marks = tmp_path / "marks"
    result = tasks.mark_out_of_time.enqueue(str(marks), "line")

    wait_until(lambda: result.id in caplog.text and "raised unexpected" in caplog.text)
    assert marks.read_text("utf-8") == "line\n"


def test_a_short_task_has_seconds() -> None:
    known = current_app.tasks["stack.celery.tests.tasks.mark_out_of_time"]
    assert (known.soft_time_limit, known.time_limit) == (20, 30)
    assert current_app.tasks[MARK].time_limit == current_app.conf.task_time_limit > 30


async def coroutine() -> None: ...


def curious(context: "TaskContext[..., None]") -> None:
    """Take the context."""
    del context


@pytest.mark.parametrize(
    "refused",
    [
        lambda: task(coroutine),
        lambda: task(curious, takes_context=True),
        lambda: tasks.mark.using(priority=1),
        lambda: tasks.mark.using(run_after=timezone.now()),
        lambda: tasks.mark.using(queue_name="another"),
    ],
)
def test_what_workers_would_not_do_is_refused(refused: Callable[[], object]) -> None:
    with pytest.raises(InvalidTask):
        refused()


def test_wrong_arguments_are_refused_when_the_task_is_sent() -> None:
    with pytest.raises(TypeError):
        tasks.mark.enqueue("path")  # type: ignore[call-arg]


def test_a_coroutine_sends_tasks_too(queue: Broker) -> None:
    asyncio.run(tasks.mark.using(queue_name=queue.queue).aenqueue("path", "line"))
    assert queue.queued() == 1
    queue.delete_queue()
