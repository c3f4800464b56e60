"""Which notifications may go."""

from collections.abc import Iterator

from django.db.models import QuerySet

from apps.notifications.models import Notification
from stack.environment import env
from stack.retention import older

DAYS = env.int("NOTIFICATIONS_KEEP_DAYS", 365)


def expired() -> Iterator[QuerySet[Notification]]:
    """Yield the old ones, read or not; see `stack.retention.Part`."""
    yield older(Notification.objects.all(), "created_at", DAYS)
