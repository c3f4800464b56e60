"""The admin's configuration, which names the site."""

from django.contrib.admin import apps


class AdminConfig(apps.AdminConfig):
    """Django's own, with our site."""

    default_site = "stack.admin.site.Site"
