"""Starts Celery's own processes, each the leader of a process group that can be killed as a whole."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from kombu import Connection, Queue

from tests.processes import SECONDS

SCHEMES = [
    pytest.param("redis", marks=pytest.mark.proves("redis")),  # stack: redis_broker
    pytest.param("amqp", marks=pytest.mark.proves("rabbitmq")),  # stack: rabbitmq
]
"""How the addresses of brokers begin."""

TIME_LIMIT = 3
"""Seconds; Redis hands a killed worker's tasks out again after twice as much."""


ENQUEUE = """
import sys, django
django.setup()
from stack.celery.tests import tasks
task, path, *lines = sys.argv[1:]
for line in lines:
    getattr(tasks, task).enqueue(path, line)
"""


@dataclass(frozen=True)
class Broker:
    """A broker, and a queue of our own on it."""

    url: str
    queue: str
    folder: Path

    @classmethod
    def at(cls, url: str, folder: Path) -> "Broker":
        """Name a queue that nobody else uses."""
        return cls(url, f"test-{uuid4().hex}", folder)

    def node(self, process: str) -> str:
        """Name the worker or Beat, as it is asked for its health; on RabbitMQ, no two may share a name."""
        return f"{process}-{self.queue}@test"

    @property
    def environment(self) -> dict[str, str]:
        """The variables that Celery's processes get."""
        return os.environ | {
            "ENVIRONMENT": "test",
            "CELERY_BROKER_URL": self.url,
            "CELERY_TASK_DEFAULT_QUEUE": self.queue,
            "CELERY_TASK_TIME_LIMIT": str(TIME_LIMIT),
            "CELERY_BEAT_SCHEDULE_FILE": str(self.folder / "beat"),
        }

    def start(self, *arguments: str) -> "Started":
        """Start a process of Celery."""
        log = (self.folder / "celery.log").open("ab")
        command = [sys.executable, "-m", "celery", "-A", "config", *arguments]
        with log:
            process = subprocess.Popen(  # pylint: disable=consider-using-with; ended by Started.kill
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        return Started(process)

    def start_worker(self) -> "Started":
        """Start a worker with two processes."""
        return self.start(
            *("worker", "--concurrency", "2", "--hostname", self.node("worker"), "--loglevel", "INFO"),
            *("--include", "stack.celery.tests.tasks"),
        )

    def start_beat(self) -> "Started":
        """Start Beat, with a timetable file of its own."""
        return self.start("beat", "--hostname", self.node("beat"), "--pidfile=", "--loglevel", "INFO")

    def enqueue(self, task: str, path: Path, *lines: str) -> None:
        """Send one of our own tasks for each line, as another process of the project does."""
        subprocess.run(
            [sys.executable, "-c", ENQUEUE, task, str(path), *lines],
            env=self.environment,
            timeout=SECONDS,
            check=True,
        )

    def health(self, process: str) -> subprocess.CompletedProcess[str]:
        """Run the health check as an orchestrator does."""
        return subprocess.run(
            [
                sys.executable,
                "manage.py",
                "celery_health",
                process,
                "--hostname",
                self.node(process),
                "--timeout",
                "1",
            ],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )

    def connection(self) -> Connection:
        """Connect, with none of the project's time-outs."""
        return Connection(self.url)

    def queued(self) -> int:
        """Count the tasks that wait in the queue; it is made if need be."""
        with self.connection() as connection:
            queue: Any = Queue(self.queue, channel=connection.default_channel)
            return int(queue.queue_declare().message_count)

    def delete_queue(self) -> None:
        """Leave nothing behind."""
        with self.connection() as connection:
            Queue(self.queue, channel=connection.default_channel).delete()


@dataclass(frozen=True)
class Started:
    """A process, and those it has forked."""

    process: subprocess.Popen[bytes]

    def signal(self, number: signal.Signals) -> None:
        """Signal all of them."""
        os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """Kill all of them, as a lost machine would."""
        with suppress(ProcessLookupError):
            self.signal(signal.SIGKILL)
        self.process.wait()
