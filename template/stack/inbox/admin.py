"""The inbox in the admin: to look at."""

from importlib import import_module

from django.contrib import admin
from django_outbox_pattern.models import Received

from stack.admin.readonly import ReadOnly
from stack.inbox.models import DeadLetter, InboxEntry

import_module("django_outbox_pattern.admin")
admin.site.unregister(Received)  # whose pages would let anybody have an event taken twice


@admin.register(InboxEntry)
class InboxEntryAdmin(ReadOnly):
    """Events that were taken, the newest first."""

    list_display = ("added", "msg_id", "type", "key")
    search_fields = ("msg_id",)

    @admin.display
    def type(self, entry: InboxEntry) -> str:
        """Return the event's type."""
        return str(entry.headers.get("ce-type", ""))

    @admin.display
    def key(self, entry: InboxEntry) -> str:
        """Return what it happened to."""
        return str(entry.headers.get("ce-partitionkey", ""))


@admin.register(DeadLetter)
class DeadLetterAdmin(ReadOnly):
    """Dead letters, the newest first; `manage.py replay` has them tried again."""

    list_display = ("added", "group", "type", "key", "event", "replayed_at")
    list_filter = ("group", ("replayed_at", admin.EmptyFieldListFilter))
    search_fields = ("event", "key", "type")
