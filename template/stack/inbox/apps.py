"""The inbox's configuration."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """Its tables."""

    name = "stack.inbox"
    label = "inbox"
