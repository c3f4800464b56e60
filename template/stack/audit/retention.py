"""Which entries of the audit may go."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.db.models.functions import Now

from stack.audit.models import AuditEntry


def expired() -> Iterator[QuerySet[AuditEntry]]:
    """Yield those whose time is over, by the clock that the trigger goes by; see `stack.retention.Part`."""
    yield AuditEntry.objects.filter(keep_until__lt=Now())
