"""Pages of the admin that nobody can change anything by."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    """What has happened, and what became of it: to look at."""

    show_full_result_count = False  # it is a long table

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let nobody tell of what has not happened."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let nobody change what was told."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let nobody delete it: it may not have been told yet, or be asked for later."""
        return False
