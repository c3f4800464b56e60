"""Every address of the project, as its table of addresses shows it: a new one is in it by itself."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import URLResolver, get_resolver
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from apps.accounts.models import User
from apps.accounts.services.signup import signup_token
from tests.api import EXISTING
from tests.rows import row_of

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>([^)]*)\)")
ADMIN = re.compile(rf"{settings.ADMIN_PATH}(\w+)/(\w+)/<")
"""The addresses of one row in the admin."""


@dataclass(frozen=True)
class Address:
    """One address, with a value for each of its parameters."""

    route: str
    path: str

    @property
    def place(self) -> str:
        """The first word of the path."""
        return self.path.split("/")[1]

    def __str__(self) -> str:
        """Return what a failure shows."""
        return f"{self.path} ({self.route})"


def addresses(user: User) -> list[Address]:
    """Return every address.

    Args:
        user: Whose links of mails to use.

    Raises:
        KeyError: When an address has a parameter that has no value here: add one to `_values`.
    """
    values = _values(user)
    found = []
    for route in sorted(_routes(get_resolver("config.urls"))):
        one = ADMIN.match(route)
        known = values | ({"object_id": _key_of(*one.groups()), "id": str(user.pk)} if one else {})
        found += [Address(route, path) for path in _paths(route, known)]
    return found


def _values(user: User) -> dict[str, str]:
    uid, reset = urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)
    return {
        **EXISTING,
        "pk": EXISTING.get("id", "1"),
        "content_type_id": "1",
        "object_id": "1",
        "path": "no-such-file",
        "token": signup_token("new@example.com"),
        "uidb64": uid,
        "uidb64 token": reset,  # of the two, where both are
        "url": "no-such-page/",
    }


def _routes(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern).removeprefix("^").removesuffix("$")
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, route)
        else:
            yield route


def _paths(route: str, values: Mapping[str, str]) -> Iterator[str]:
    """Yield the route's path; one for each choice of a parameter that has some."""
    found = [match.groups() for match in PARAMETER.finditer(route)]
    names = [simple or named for simple, named, _ in found]
    choices = [
        choice for _, _, choices in found if choices and "|" in choices for choice in choices.split("|")
    ]

    def value(match: re.Match[str]) -> str:
        name = match[1] or match[2]
        return values.get("uidb64 token" if name == "token" and "uidb64" in names else name) or values[name]

    if choices:
        yield from (f"/{PARAMETER.sub(choice, route)}" for choice in choices)
    else:
        yield f"/{PARAMETER.sub(value, route)}"


def _key_of(app: str, model: str) -> str:
    return str(row_of(apps.get_model(app, model)).pk)
