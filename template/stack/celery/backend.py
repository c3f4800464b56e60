"""Django's tasks, run by Celery's workers under the same names."""

from collections.abc import Callable
from functools import cache
from typing import Any

from celery import current_app, shared_task
from django.tasks import DEFAULT_TASK_QUEUE_NAME, Task, TaskResult, task_backends
from django.tasks.exceptions import InvalidTask
from django.tasks.signals import task_enqueued

from stack.celery.task import Task as SentTask
from stack.tasks.on_commit import OnCommitBackend


class CeleryTask(Task):  # type: ignore[type-arg]
    """A task of Django's that Celery knows, too."""

    def __post_init__(self) -> None:
        """Make it known, unless `Task.using` has only copied it."""
        super().__post_init__()
        register(self.func, self.module_path, self.backend)


class CeleryBackend(OnCommitBackend):
    """Sends tasks to Celery's broker.

    OPTIONS are Celery's own options of a task, such as ``max_retries``; of QUEUES, "default" stands for
    CELERY_TASK_DEFAULT_QUEUE.

    Priorities and a time to run after are refused, as no broker keeps such promises by itself: one that is to
    wait for long would be handed out again before its time.
    """

    task_class = CeleryTask

    def validate_task(self, task: "Task[..., Any]") -> None:
        """Refuse what Celery's workers would not do.

        Raises:
            InvalidTask: When the task is a coroutine, takes the context, or has a priority or a time.
        """
        super().validate_task(task)
        if task.takes_context:
            raise InvalidTask("Backend does not support tasks that take the context.")

    def start(self, result: "TaskResult[..., Any]") -> None:
        """Send the task.

        Raises:
            OperationalError: When the broker does not take it within seconds.
        """
        task = result.task
        default = task.queue_name == DEFAULT_TASK_QUEUE_NAME
        queue = current_app.conf.task_default_queue if default else task.queue_name
        known = current_app.tasks[task.module_path]
        known.apply_async(tuple(result.args), result.kwargs, task_id=result.id, queue=queue)
        task_enqueued.send(type(self), task_result=result)


@cache
def register(function: Callable[..., Any], name: str, backend: str) -> None:
    """Make a task known to Celery, once.

    Args:
        function: What it does.
        name: Its dotted path.
        backend: The alias under which TASKS has its options.
    """
    options = task_backends[backend].options
    shared_task(name=name, base=SentTask, **options)(function)  # type: ignore[no-untyped-call]
