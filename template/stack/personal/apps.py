"""The configuration of personal data."""

from django.apps import AppConfig


class PersonalConfig(AppConfig):
    """Has the command."""

    name = "stack.personal"
