"""The audit in the admin: for superusers, to look at."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest

from stack.admin.readonly import ReadOnly
from stack.audit.models import AuditEntry

NAME = get_user_model().USERNAME_FIELD


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly):
    """Entries, the newest first."""

    list_display = ("at", "event", "who", "whom", "way", "address", "details")
    list_filter = ("event", "at")
    search_fields = ("=address", "=request_id", f"=actor__{NAME}", f"=subject__{NAME}")
    fields = ("at", "event", "who", "whom", "way", "address", "request_id", "details", "keep_until")

    @admin.display
    def who(self, entry: AuditEntry) -> str:
        """Return who did it: the key, when the user is deleted."""
        return str(entry.actor or entry.actor_id or "")

    @admin.display
    def whom(self, entry: AuditEntry) -> str:
        """Return whom it concerns: the key, when the user is deleted."""
        return str(entry.subject or entry.subject_id or "")

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEntry]:
        """Read the users by the same query, which has nobody in place of those who are deleted."""
        return super().get_queryset(request).select_related("actor", "subject")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let superusers alone look: what staff do is in it."""
        return bool(request.user.is_superuser)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show it to those who may look."""
        return bool(request.user.is_superuser)
