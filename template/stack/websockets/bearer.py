"""Known by a JSON Web Token: in the Authorization header or, from a browser's script, as a subprotocol.

A script can't set headers of a socket, and an address ends up in logs. So it offers two subprotocols:

    new WebSocket(url, ["feed", `bearer.${token}`])

The server picks the first, and never repeats the second.
"""

from http import HTTPStatus

from django.core.handlers.asgi import ASGIRequest
from rest_framework.exceptions import AuthenticationFailed
from rest_framework_simplejwt.tokens import Token

from stack.jwt.authentication import JWTAuthentication
from stack.websockets.identity import Identity
from stack.websockets.origins import may_send_token
from stack.websockets.refusal import Refused

PREFIX = "bearer."


def bearer(request: ASGIRequest) -> Identity | None:
    """Say whom an access token was given to."""
    encoded = _encoded(request)
    if encoded is None:
        return None
    if not may_send_token(request):
        raise Refused(HTTPStatus.FORBIDDEN, "This page may not open a socket.")
    authentication = JWTAuthentication()
    try:
        token = authentication.get_validated_token(encoded.encode())
        user = authentication.get_user(token)
    except (
        AuthenticationFailed
    ) as error:  # expired, forged, of another kind; its user disabled, or of another password
        raise Refused(HTTPStatus.UNAUTHORIZED, "The token is not valid.") from error
    return Identity(user.pk, holds=lambda: _holds(token), ends=float(token["exp"]))


def _encoded(request: ASGIRequest) -> str | None:
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return encoded.strip()
    offered = request.headers.get("Sec-WebSocket-Protocol", "").split(",")
    tokens = [name.strip().removeprefix(PREFIX) for name in offered if name.strip().startswith(PREFIX)]
    return tokens[0] if tokens else None


def _holds(token: Token) -> bool:
    try:
        JWTAuthentication().get_user(token)
    except AuthenticationFailed:
        return False
    return True
