"""What may go of what was taken, and of what could not be."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from stack.inbox.models import DeadLetter, InboxEntry
from stack.retention import older


def expired() -> Iterator[QuerySet[Any]]:
    """Yield what was taken, or replayed, long ago; see `stack.retention.Part`."""
    yield older(InboxEntry.objects.all(), "added", settings.INBOX_KEEP_DAYS)
    yield older(DeadLetter.objects.all(), "replayed_at", settings.INBOX_KEEP_DAYS)
