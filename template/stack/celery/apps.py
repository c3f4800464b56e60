"""Makes tasks known to Celery, in each process."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CeleryConfig(AppConfig):
    """Imports the apps' tasks, and has requests' ids sent along with them."""

    name = "stack.celery"
    label = "stack_celery"

    def ready(self) -> None:
        """Import what registers itself."""
        autodiscover_modules("tasks")
        from stack.celery import (  # noqa: F401  # pylint: disable=unused-import,import-outside-toplevel
            logging,
            rotation,
        )
