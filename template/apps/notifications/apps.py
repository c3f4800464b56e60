"""What notifications listen to."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import module_has_submodule


class NotificationsConfig(AppConfig):
    """Has open pages told of what is added, in every process that adds, where the project has WebSockets."""

    name = "apps.notifications"

    def ready(self) -> None:
        """Let the sockets, if there are any, follow what is saved."""
        assert self.module
        if module_has_submodule(self.module, "sockets"):
            import_module(f"{self.name}.sockets")
