"""The app's name and label."""

from django.apps import AppConfig


class HealthConfig(AppConfig):
    """Registers the commands and checks of stack.health."""

    name = "stack.health"
    label = "stack_health"
