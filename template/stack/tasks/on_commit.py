"""When a task is started: not before what it is about can be seen, and not at all if that is rolled back."""

import logging
from abc import abstractmethod
from typing import Any, ParamSpec, TypeVar
from uuid import uuid4

from django.db import transaction
from django.tasks import Task, TaskResult, TaskResultStatus
from django.tasks.backends.base import BaseTaskBackend
from django.utils import timezone

logger = logging.getLogger(__name__)

_P = ParamSpec("_P")
_R = TypeVar("_R")


class OnCommitBackend(BaseTaskBackend):
    """Starts tasks once the transaction is committed; at once outside of one."""

    def enqueue(self, task: "Task[_P, _R]", args: list[Any], kwargs: dict[str, Any]) -> "TaskResult[_P, _R]":
        """Take a task.

        What goes wrong is raised outside of a transaction. Once one is committed it is logged as an error:
        raised, it would tell the client that what it asked for is not done.

        Args:
            task: Django's task.
            args: Its arguments, fit for JSON.
            kwargs: Its arguments by name, fit for JSON.

        Returns:
            The result so far.
        """
        self.validate_task(task)
        result: TaskResult[_P, _R] = TaskResult(
            task=task,
            id=str(uuid4()),
            status=TaskResultStatus.READY,
            enqueued_at=timezone.now(),
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
        if transaction.get_connection().in_atomic_block:
            transaction.on_commit(lambda: self._start_committed(result))
        else:
            self.start(result)
        return result

    @abstractmethod
    def start(self, result: "TaskResult[..., Any]") -> None:
        """Run the task, or send it to where it is run."""

    def _start_committed(self, result: "TaskResult[..., Any]") -> None:
        try:
            self.start(result)
        except Exception:  # pylint: disable=broad-exception-caught  # whatever it is, nothing can be undone
            logger.exception("%s could not be started", result.task.module_path)
