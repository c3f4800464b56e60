"""Connects the logs of web processes and workers."""

import logging

from django.apps import AppConfig


class LoggingConfig(AppConfig):
    """Has warnings logged, and listens to Celery for the request's id to reach its tasks."""

    name = "stack.logging"
    label = "stack_logging"

    def ready(self) -> None:
        """Connect the signals."""
        logging.captureWarnings(True)
        from stack.logging import (  # noqa: F401  # pylint: disable=unused-import,import-outside-toplevel
            celery,
        )
