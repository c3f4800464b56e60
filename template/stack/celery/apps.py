"""Makes tasks known to Celery, in each process."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CeleryConfig(AppConfig):
    """Imports the apps' tasks."""

    name = "stack.celery"
    label = "stack_celery"

    def ready(self) -> None:
        """Import what registers itself."""
        autodiscover_modules("tasks")
