"""Letters in the admin: to look at."""

from django.contrib import admin
from django.http import HttpRequest

from apps.letters.models import Letter


@admin.register(Letter)
class LetterAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What users are owed, and were sent, newest first."""

    list_display = ("id", "user", "subject", "created_at", "sent_at", "tries")
    list_filter = (("sent_at", admin.EmptyFieldListFilter), "created_at")
    list_select_related = ("user",)
    ordering = ("-id",)
    search_fields = ("user__email", "subject")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: the services write them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Letter | None = None) -> bool:
        """Refuse: what was written was written."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Letter | None = None) -> bool:
        """Refuse: they are what somebody was told."""
        return False
