"""Where a request comes from, past the proxies that are ours."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

NETWORK_BITS = 64
"""Of an IPv6 address: what a provider gives to one household or server, to call from as it likes."""


def client_address(request: HttpRequest) -> str:
    """Return the address of whoever sent a request.

    Each proxy adds to ``X-Forwarded-For`` whom it was called by, and anybody can send a header that has
    entries already. So only the last TRUSTED_PROXIES entries are believed.

    Args:
        request: The request; one of the REST framework will do.

    Returns:
        An IP address; an empty text where there is none, as behind a socket of the file system.
    """
    peer = str(request.META.get("REMOTE_ADDR") or "")
    chain = [entry.strip() for entry in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    believed = min(settings.TRUSTED_PROXIES, len(chain))
    return (_plain(chain[-believed]) if believed else "") or _plain(peer)


def caller_network(address: str) -> str:
    """Return what a rate is counted by: an IPv4 address, or the network of an IPv6 address.

    Args:
        address: As `client_address` returned it.
    """
    if ":" in address:
        return str(ip_network((address, NETWORK_BITS), strict=False))
    return address


def _plain(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, IPv6Address):
        parsed = parsed.ipv4_mapped or IPv6Address(int(parsed))  # without a zone, such as %eth0
    return str(parsed)
