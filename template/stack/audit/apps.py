"""The configuration of the audit, which listens to what Django tells."""

from importlib import import_module

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit."""

    name = "stack.audit"

    def ready(self) -> None:
        """Listen."""
        import_module("stack.audit.receivers").connect()
