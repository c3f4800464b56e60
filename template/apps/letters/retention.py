"""Which letters may go."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from apps.accounts.models import User
from apps.letters.models import Letter
from apps.letters.services import TRIES
from stack.environment import env
from stack.retention import older

DAYS = env.int("LETTERS_KEEP_DAYS", 90)


def expired() -> Iterator[QuerySet[Letter]]:
    """Yield the old ones with which nothing is going to happen; see `stack.retention.Part`."""
    gone = User.objects.filter(is_active=False)
    done = Q(sent_at__isnull=False) | Q(tries__gte=TRIES) | Q(user__in=gone)
    yield older(Letter.objects.filter(done), "created_at", DAYS)
