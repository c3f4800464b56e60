"""Pairs of tokens: a short-lived one for access, and a long-lived one that gets the next pair."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any, TypedDict
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.tokens import Token

from stack.audit.entries import record
from stack.audit.events import Event
from stack.jwt.models import TokenFamily
from stack.jwt.tokens import FAMILY, AccessToken, RefreshToken
from stack.sessions.origin import Origin

logger = logging.getLogger(__name__)


class TokenPair(TypedDict):
    """Two encoded tokens."""

    access: str
    refresh: str


def token_pair_issue(user: Any, origin: Origin | None = None) -> TokenPair:
    """Return the first pair of a new family, for somebody who has just proved who they are.

    Args:
        user: Who it is.
        origin: Where the request for it came from; None without one.
    """
    refresh = RefreshToken()
    family = TokenFamily.objects.create(
        user=user,
        refresh=refresh["jti"],
        auth_hash=user.get_session_auth_hash(),
        expires_at=_expiry(refresh),
        **(origin or Origin(address="", agent="")),
    )
    return _pair(refresh, family)


def token_pair_rotate(encoded: str) -> TokenPair:
    """Take a refresh token for the next pair; it works once, also when used twice at the same moment.

    One that comes a second time was stolen, or its thief has used it before its owner did: nobody can
    tell which. So the whole family ends, the newest pair included, and both have to log in.

    Not for a transaction that an error undoes: it would bring the family back to life.

    Args:
        encoded: The refresh token.

    Returns:
        The next pair.

    Raises:
        TokenError: When the token is forged, expired or used, or its family has ended.
    """
    token = RefreshToken(encoded)  # type: ignore[arg-type]
    family = family_of(token)
    refresh = RefreshToken()
    good = TokenFamily.objects.filter(pk=family.pk, refresh=token["jti"], ended_at=None)
    # The database decides who is first: the others' condition is not true any more.
    if not good.update(refresh=refresh["jti"], expires_at=_expiry(refresh)):
        families_end(family.user_id, only=family.pk)
        logger.warning(
            "a refresh token was used twice: its family of tokens has ended", extra={"family": family.pk}
        )
        record(Event.REFRESH_REUSED, subject=family.user_id, login=str(family.pk))
        raise TokenError("Token was used before")
    return _pair(refresh, family)


def token_check(encoded: str) -> None:
    """Check that a token of either kind would be accepted now.

    Raises:
        TokenError: When it is forged, expired or used, or its family has ended.
    """
    try:
        family_of(AccessToken(encoded))  # type: ignore[arg-type]
    except TokenError:
        token = RefreshToken(encoded)  # type: ignore[arg-type]
        if family_of(token).refresh != token["jti"]:
            raise TokenError("Token was used before") from None


def token_revoke(encoded: str) -> None:
    """End the family of a refresh token: every token that came of the same log-in.

    Raises:
        TokenError: When it is forged or expired, or its family has ended already.
    """
    family = family_of(RefreshToken(encoded))  # type: ignore[arg-type]
    families_end(family.user_id, only=family.pk)
    record(Event.LOGGED_OUT, subject=family.user_id, actor=family.user_id, login=str(family.pk))


def family_of(token: Token) -> TokenFamily:
    """Return a token's family, with its user.

    Args:
        token: A token whose signature, claims and time have been found good.

    Raises:
        TokenError: When the family has ended: by log-out, by a refresh token that was used twice, with the
            password, as its user was disabled or deleted, or as it was JWT_LOGIN_DAYS old.
    """
    alive = TokenFamily.objects.select_related("user").filter(ended_at=None, user__is_active=True)
    family = alive.filter(pk=_uuid(token), since__gt=earliest_start()).first()
    if family is None or not _has_password_of(family):
        raise TokenError("Token is revoked")
    return family


def earliest_start() -> datetime:
    """Return when a log-in that goes on can have begun, at the earliest."""
    return timezone.now() - timedelta(days=settings.JWT_LOGIN_DAYS)


def families_end(user: int, *, only: UUID | None = None) -> int:
    """End a user's families of tokens.

    Args:
        user: The user's primary key.
        only: The one to end; without it, all.

    Returns:
        How many ended.
    """
    alive = TokenFamily.objects.filter(user=user, ended_at=None)
    return (alive if only is None else alive.filter(pk=only)).update(ended_at=timezone.now())


def _pair(refresh: RefreshToken, family: TokenFamily) -> TokenPair:
    refresh[FAMILY] = str(family.pk)
    return {"access": str(refresh.access_token), "refresh": str(refresh)}


def _has_password_of(family: TokenFamily) -> bool:
    user = family.user
    hashes = (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
    return any(constant_time_compare(family.auth_hash, each) for each in hashes)


def _expiry(token: Token) -> datetime:
    return datetime.fromtimestamp(token["exp"], tz=UTC)


def _uuid(token: Token) -> UUID:
    try:
        return UUID(token[FAMILY])
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise TokenError("Token is invalid") from error
