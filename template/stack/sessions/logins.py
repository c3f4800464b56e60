"""All log-ins of a user, of whatever kind: listed, and ended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any, Protocol, cast
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.dispatch import Signal

logins_ended = Signal()
"""Sent with a user's primary key when some of their log-ins have ended, before that is committed."""


@dataclass(frozen=True)
class Login:
    """A place where somebody is logged in.

    Attributes:
        id: Names it; knowing it opens nothing.
        kind: How: ``browser`` or ``tokens``.
        since: When it began.
        address: The IP address that it began from.
        agent: What the browser or program said it was; anybody can say anything.
    """

    id: UUID
    kind: str
    since: datetime
    address: str
    agent: str


class Kind(Protocol):
    """A module of LOGIN_KINDS."""

    def current(self, request: Any) -> str | None:
        """Return the id of the log-in that a request stands on, if it is of this kind."""

    def logins(self, user: int) -> Iterator[Login]:
        """Yield the ones that are alive."""

    def end(self, user: int, *, only: UUID | None = None) -> int:
        """End one of them, or all; return how many ended."""


def login_of(request: Any) -> UUID | None:
    """Return the id of the log-in that a request stands on; None for one by API token, or by nobody."""
    found = next(filter(None, (kind.current(request) for kind in _kinds())), None)
    return UUID(found) if found else None


def logins_of(user: int) -> list[Login]:
    """Return where a user is logged in, newest first.

    Args:
        user: The user's primary key.
    """
    return sorted((login for kind in _kinds() for login in kind.logins(user)), key=_since, reverse=True)


@transaction.atomic
def logins_end(user: int, *, only: UUID | None = None) -> int:
    """Log a user out: requests that come after this are nobody's.

    Args:
        user: The user's primary key.
        only: The one to end; without it, all.

    Returns:
        How many ended.
    """
    ended = sum(kind.end(user, only=only) for kind in _kinds())
    logins_ended.send(None, user=user)
    return ended


def _kinds() -> list[Kind]:
    return [cast(Kind, import_module(path)) for path in settings.LOGIN_KINDS]


def _since(login: Login) -> datetime:
    return login.since
