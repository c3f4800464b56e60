"""Which pages may open a socket.

Browsers hold no page back from opening a socket to any host, cookies included, and read no CORS headers: the
Origin that they send is all there is to tell our page from another one.
"""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.http import is_same_domain

_PORT = re.compile(r":\d+$")


def is_ours(request: ASGIRequest) -> bool:
    """Say whether a handshake came from a page of our own, or of a trusted origin; never without an Origin.

    These are the origins whose forms may use a user's cookies.
    """
    origin = request.headers.get("Origin", "")
    return bool(origin) and (_is_same(request, origin) or _is_trusted(origin))


def may_send_token(request: ASGIRequest) -> bool:
    """Say whether a token is taken from where a handshake came from.

    Programs that are no browsers send no Origin. What a browser sends by itself, cookies, is no token; so
    nobody's page can be made to send one, and no Origin is as good as an allowed one.
    """
    origin = request.headers.get("Origin")
    return origin is None or origin in settings.CORS_ALLOWED_ORIGINS or is_ours(request)


def _is_same(request: ASGIRequest, origin: str) -> bool:
    own = f"{request.scheme}://{request.get_host()}"
    # Where the sockets have a port of their own, the page has another.
    return origin == own or bool(settings.WEBSOCKET_PORT) and _PORT.sub("", origin) == _PORT.sub("", own)


def _is_trusted(origin: str) -> bool:
    csrf = CsrfViewMiddleware(lambda _request: None)  # type: ignore[arg-type]
    if origin in csrf.allowed_origins_exact:
        return True
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    wildcards = csrf.allowed_origin_subdomains.get(parts.scheme, ())
    return any(is_same_domain(parts.netloc, host) for host in wildcards)
