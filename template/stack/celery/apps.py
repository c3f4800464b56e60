"""The app's name and label."""

from django.apps import AppConfig


class CeleryConfig(AppConfig):
    """Registers the commands and checks of stack.celery."""

    name = "stack.celery"
    label = "stack_celery"
