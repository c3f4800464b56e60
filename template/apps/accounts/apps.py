"""The app's name and label."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """accounts."""

    name = "apps.accounts"
