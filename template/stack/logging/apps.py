"""Connects the logs to Python's warnings."""

import logging

from django.apps import AppConfig


class LoggingConfig(AppConfig):
    """Has warnings logged."""

    name = "stack.logging"
    label = "stack_logging"

    def ready(self) -> None:
        """Catch them."""
        logging.captureWarnings(True)
