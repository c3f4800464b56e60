"""The app's name and label."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """demo."""

    name = "apps.demo"
