"""Notifications in the admin: to look at, not to change."""

from django.contrib import admin
from django.http import HttpRequest

from apps.notifications.models import Notification


@admin.register(Notification)
class NotificationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What users were told, newest first."""

    list_display = ("id", "user", "number", "kind", "text", "created_at", "read_at")
    list_filter = ("kind", "created_at")
    list_select_related = ("user",)
    ordering = ("-id",)
    search_fields = ("user__email", "text")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: the services number them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Notification | None = None) -> bool:
        """Refuse: what was told was told."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Notification | None = None) -> bool:
        """Refuse: users would look for what they have read."""
        return False
