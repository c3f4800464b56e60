"""Tasks that are run by the process that asks for them."""

from typing import Any

from django.tasks import TaskResult
from django.tasks.backends import immediate

from stack.tasks.on_commit import OnCommitBackend


class ImmediateBackend(OnCommitBackend, immediate.ImmediateBackend):
    """Django's own, on commit: tasks neither break the transaction nor get ahead of it.

    A task that fails is logged as an error and not tried again; who asked for it does not fail with it.
    """

    def start(self, result: "TaskResult[..., Any]") -> None:
        """Run the task."""
        self._execute_task(result)  # type: ignore[attr-defined]
