"""The outbox's configuration."""

from importlib import import_module

from django.apps import AppConfig

from stack.events import discovery


class OutboxConfig(AppConfig):
    """Knows what the apps tell of."""

    name = "stack.outbox"
    label = "outbox"

    def ready(self) -> None:
        """Import each app's `events`, and the check."""
        discovery.load("events")
        import_module("stack.outbox.checks")
