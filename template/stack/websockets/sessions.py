"""Known by the cookie of a session: from our own pages only."""

from http import HTTPStatus
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest

from stack.websockets.identity import Identity
from stack.websockets.origins import is_ours
from stack.websockets.refusal import Refused


def session(request: ASGIRequest) -> Identity | None:
    """Say who has logged in with this browser."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    if not is_ours(request):
        raise Refused(HTTPStatus.FORBIDDEN, "This page may not open a socket.")
    user = _user_of(key)
    return None if user is None else Identity(user, holds=lambda: _user_of(key) == user)


def _user_of(key: str) -> int | None:
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    # With a key of SECRET_KEY_FALLBACKS Django renames the session, and a socket can't set the new cookie.
    request.session.cycle_key = lambda: None  # type: ignore[method-assign]
    user = get_user(request)
    return user.pk if user.is_authenticated else None
