"""Log-ins of browsers, by the cookie of a session."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils import timezone

from stack.sessions.logins import Login
from stack.sessions.models import Session
from stack.sessions.origin import SESSION_KEY


def current(request: Any) -> str | None:
    """Return the log-in of the request's session; see `Kind`."""
    session = getattr(request, "session", None)
    note = session.get(SESSION_KEY) if session is not None else None
    return note["id"] if note else None


def logins(user: int) -> Iterator[Login]:
    """Yield the sessions that are alive; see `Kind`."""
    for row in Session.objects.filter(user=user, expire_date__gt=timezone.now()):
        if row.login and row.since:
            yield Login(row.login, "browser", row.since, row.address, row.agent)


def end(user: int, *, only: UUID | None = None) -> int:
    """Delete sessions; see `Kind`."""
    rows = Session.objects.filter(user=user)
    return (rows if only is None else rows.filter(login=only)).delete()[0]
