"""Which families of tokens may go."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone

from stack.jwt.models import TokenFamily


def expired() -> Iterator[QuerySet[TokenFamily]]:
    """Yield those whose last token has expired; see `stack.retention.Part`."""
    yield TokenFamily.objects.filter(expires_at__lt=timezone.now())
