"""The app's name and label."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    """catalog."""

    name = "apps.catalog"
