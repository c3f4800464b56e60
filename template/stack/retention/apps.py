"""The configuration of retention."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    """Has the command and the task."""

    name = "stack.retention"
