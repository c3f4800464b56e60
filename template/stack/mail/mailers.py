"""From an address to what Django's MAILERS wants."""

from typing import Any

from stack.environment import env

TIMEOUT = 10
"""Seconds that a server may take to answer."""


def mailer(url: str) -> dict[str, Any]:
    """Return the mailer that an address names.

    Args:
        url: Such as ``smtps://user:password@host:587``; the README has the schemes.

    Returns:
        An entry of MAILERS.
    """
    parts = env.email_url_config(url)
    options = {
        "host": parts["EMAIL_HOST"],
        "port": parts["EMAIL_PORT"],
        "username": parts["EMAIL_HOST_USER"],
        "password": parts["EMAIL_HOST_PASSWORD"],
        "use_tls": parts.get("EMAIL_USE_TLS", False),
        "use_ssl": parts.get("EMAIL_USE_SSL", False),
        "timeout": TIMEOUT,
    }
    return {"BACKEND": parts["EMAIL_BACKEND"], "OPTIONS": options if options["host"] else {}}
