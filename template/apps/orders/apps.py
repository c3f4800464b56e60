"""The app's name and label."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """orders."""

    name = "apps.orders"
