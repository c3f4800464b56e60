"""Which sessions may go."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone

from stack.sessions.models import Session


def expired() -> Iterator[QuerySet[Session]]:
    """Yield those that have expired; see `stack.retention.Part`."""
    yield Session.objects.filter(expire_date__lt=timezone.now())
