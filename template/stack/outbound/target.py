"""What a URL leads to. It is read here, and nowhere else: two readers may disagree about the host."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.conf import settings

from stack.outbound.errors import Refused

PORTS = {"http": 80, "https": 443}
URL = re.compile(r"[!-\[\]-~]{1,8192}")
"""ASCII, without blanks, controls and the backslash, which some take for a slash."""
HOST = re.compile(r"[a-z0-9_][a-z0-9._-]*|[0-9a-f:.]+")


@dataclass(frozen=True)
class Target:
    """A URL that may be asked, as far as can be told before its host is resolved."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> tuple[str, str, int]:
        """Whom one's credentials are for."""
        return self.scheme, self.host, self.port


def target_of(url: str) -> Target:
    """Read a URL.

    Raises:
        Refused: It is none, or is not of a kind that may be called.
    """
    if not URL.fullmatch(url):
        raise Refused("the URL is empty, too long, or has characters that must be encoded")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refused("the URL is not valid") from error
    if parts.scheme not in PORTS or parts.scheme not in settings.OUTBOUND_SCHEMES:
        raise Refused(f"the URL's scheme is not one of OUTBOUND_SCHEMES: {settings.OUTBOUND_SCHEMES}")
    if "@" in parts.netloc:
        raise Refused("the URL has a user in it; give credentials in a header")
    host = (parts.hostname or "").removesuffix(".")
    if not HOST.fullmatch(host):
        raise Refused("the URL has no host, or one that is not written in ASCII")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(url, parts.scheme, host, PORTS[parts.scheme] if port is None else port, path)


def redirected(target: Target, location: str) -> Target:
    """Read where a redirect leads, from where it was given.

    Raises:
        Refused: As for any URL.
    """
    try:
        return target_of(urljoin(target.url, location))
    except ValueError as error:
        raise Refused("the URL of a redirect is not valid") from error
