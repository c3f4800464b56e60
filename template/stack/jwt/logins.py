"""Log-ins of programs and scripts, by tokens."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from rest_framework_simplejwt.tokens import Token

from stack.jwt.families import earliest_start
from stack.jwt.families import families_end as end
from stack.jwt.models import TokenFamily
from stack.jwt.tokens import FAMILY
from stack.sessions.logins import Login

__all__ = ["current", "end", "logins"]


def current(request: Any) -> str | None:
    """Return the family of the request's token; see `Kind`."""
    token = getattr(request, "auth", None)
    return token.get(FAMILY) if isinstance(token, Token) else None


def logins(user: int) -> Iterator[Login]:
    """Yield the families that are alive; see `Kind`."""
    alive = TokenFamily.objects.filter(
        ended_at=None, expires_at__gt=timezone.now(), since__gt=earliest_start()
    )
    for row in alive.filter(user=user):
        yield Login(row.id, "tokens", row.since, row.address, row.agent)
