"""Who is at the other end of a socket, and until when that holds."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.asgi import ASGIRequest
from django.utils.module_loading import import_string

from stack.websockets.refusal import Refused, Scope


@dataclass(frozen=True)
class Identity:
    """Somebody who is known.

    Attributes:
        user: The user's primary key.
        holds: Asks the database whether it is still so: not logged out, disabled, or of another password.
        ends: When it ends whatever the database says, in seconds since 1970; None for never.
    """

    user: int
    holds: Callable[[], bool]
    ends: float | None = None


Authenticate = Callable[[ASGIRequest], Identity | None]
"""Returns None when it is not addressed; raises `Refused` when it is, in vain."""


def identify(scope: Scope) -> Identity:
    """Say who asks for a socket. It asks the database.

    Raises:
        Refused: When nobody says who they are, or nobody that may.
    """
    request = request_of(scope)
    for path in settings.WEBSOCKET_AUTHENTICATION:
        authenticate: Authenticate = import_string(path)
        if identity := authenticate(request):
            return identity
    raise Refused(HTTPStatus.UNAUTHORIZED, "Say who you are: log in, or send a token.")


def request_of(scope: Scope) -> ASGIRequest:
    """Return a handshake as the HTTP request that it is, for Django's own checks of host and scheme.

    Raises:
        Refused: When it came to a host that isn't ours, or without TLS where that is a must.
    """
    scheme = {"ws": "http", "wss": "https"}.get(scope["scheme"], scope["scheme"])
    request = ASGIRequest({**scope, "type": "http", "method": "GET", "scheme": scheme}, BytesIO())
    try:
        request.get_host()
    except DisallowedHost as error:
        raise Refused(HTTPStatus.BAD_REQUEST, "This is not one of our hosts.") from error
    if settings.SECURE_SSL_REDIRECT and not request.is_secure():
        raise Refused(HTTPStatus.FORBIDDEN, "Come by wss.")
    return request
