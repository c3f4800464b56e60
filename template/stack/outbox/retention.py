"""Which events may go, where no relay deletes them."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import QuerySet

from stack.outbox.models import OutboxEvent
from stack.retention import older


def expired() -> Iterator[QuerySet[OutboxEvent]]:
    """Yield those that were sent long ago, and no others; see `stack.retention.Part`."""
    sent = OutboxEvent.objects.filter(status=OutboxEvent.Status.SENT)
    yield older(sent, "added", settings.OUTBOX_KEEP_DAYS)
