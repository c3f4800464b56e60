"""Logs of workers: under the id of the request that sent the task, and without its arguments and result."""

import logging
from typing import Any

from celery import Task
from celery.signals import before_task_publish, setup_logging, task_postrun, task_prerun

from stack.logging.context import request_id

HEADER = "request_id"


class NoValuesFilter(logging.Filter):
    """Takes arguments and results out of Celery's lines: nobody knows what is in them."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without these values."""
        vars(record).pop("data", None)  # the same once more, as an extra field
        if isinstance(record.args, dict) and "return_value" in record.args:
            record.args = {**record.args, "return_value": "[hidden]"}
        return True


@setup_logging.connect
def keep_logging(**_: Any) -> None:
    """Keep the logging that Django has set up: Celery brings its own only where nobody listens here."""


@before_task_publish.connect
def send_id(headers: dict[str, Any], **_: Any) -> None:
    """Put the request's id in the message."""
    if current := request_id.get():
        headers[HEADER] = current


@task_prerun.connect
def adopt_id(task_id: str, task: Task[..., Any], **_: Any) -> None:
    """Go on under the id of the request, or under the task's own, when Beat or a shell sent it."""
    if not task.request.is_eager:
        request_id.set(task.request.get(HEADER) or task_id)


@task_postrun.connect
def forget_id(task: Task[..., Any], **_: Any) -> None:
    """Leave no id to what the worker does next."""
    if not task.request.is_eager:
        request_id.set(None)
