"""Which dead letters may go; what was taken is deleted by those who take, as fast as they do."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import QuerySet

from stack.inbox.models import DeadLetter
from stack.retention import older


def expired() -> Iterator[QuerySet[DeadLetter]]:
    """Yield those that were replayed long ago; see `stack.retention.Part`."""
    yield older(DeadLetter.objects.all(), "replayed_at", settings.INBOX_KEEP_DAYS)
