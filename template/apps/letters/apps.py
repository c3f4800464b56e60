"""The app's configuration."""

from importlib import import_module

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Has each letter sent."""

    name = "apps.letters"

    def ready(self) -> None:
        """Connect the task to the letters."""
        import_module("apps.letters.tasks")
