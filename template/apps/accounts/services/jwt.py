"""JSON Web Tokens, in pairs: a short-lived one for access, and a long-lived one that gets the next pair."""

from typing import TypedDict, cast

from django.db import transaction
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken
from rest_framework_simplejwt.tokens import RefreshToken, Token, UntypedToken
from rest_framework_simplejwt.utils import get_md5_hash_password

from apps.accounts.models import User


class TokenPair(TypedDict):
    """Two encoded tokens."""

    access: str
    refresh: str


def token_pair_issue(user: User) -> TokenPair:
    """Return a new pair of tokens for somebody who has just proved who they are."""
    refresh = RefreshToken.for_user(user)
    return {"access": str(refresh.access_token), "refresh": str(refresh)}


@transaction.atomic
def token_pair_rotate(encoded: str) -> TokenPair:
    """Take a refresh token for a new pair; it works once, also when used twice at the same moment.

    Args:
        encoded: The refresh token.

    Returns:
        The new pair.

    Raises:
        TokenError: When the token is forged, expired or used, or its user was disabled, deleted or has
            another password since.
    """
    return token_pair_issue(_owner(token_revoke(encoded)))


def token_revoke(encoded: str) -> RefreshToken:
    """End a refresh token.

    Args:
        encoded: The refresh token.

    Returns:
        The token, decoded.

    Raises:
        TokenError: When it is forged or expired, or has ended already, if only a moment ago.
    """
    token = RefreshToken(encoded)  # type: ignore[arg-type]
    # The row is unique, so the database decides who is first. (What the method returns is misdeclared.)
    _, ended_now = cast(tuple[BlacklistedToken, bool], token.blacklist())
    if not ended_now:
        raise TokenError("Token is blacklisted")
    return token


def token_check(encoded: str) -> None:
    """Check that a token of either kind would be accepted now.

    Raises:
        TokenError: When it is forged, expired or revoked, or its user was disabled, deleted or has another
            password since.
    """
    token = UntypedToken(encoded)  # type: ignore[arg-type]
    if token[api_settings.TOKEN_TYPE_CLAIM] == RefreshToken.token_type:
        RefreshToken(encoded)  # type: ignore[arg-type]
    _owner(token)


def _owner(token: Token) -> User:
    user = User.objects.filter(pk=token[api_settings.USER_ID_CLAIM], is_active=True).first()
    if user is None or token.get(api_settings.REVOKE_TOKEN_CLAIM) != get_md5_hash_password(user.password):
        raise TokenError("Token is invalid")
    return user
