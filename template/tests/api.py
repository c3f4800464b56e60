"""The API as its schema shows it: what the tests of every operation go by."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from rest_framework.authtoken.models import Token

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from stack.openapi.views import api_schema

WORLDS = [
    import_module(name)
    for name in (f"{config.name}.tests.world" for config in apps.get_app_configs())
    if name.startswith("apps.") and find_spec(name)
]
"""What each app has for requests to reach: a function ``make(user)``, and where that leads, ``EXISTING``."""

EXISTING: dict[str, str] = {name: value for world in WORLDS for name, value in world.EXISTING.items()}
"""Values of path parameters that lead to something, once `make_world` was called."""

ROLES = ("anonymous", "user", "admin")


@dataclass(frozen=True)
class Operation:
    """One operation of the schema."""

    method: str
    path: str
    definition: Mapping[str, Any] = field(repr=False, compare=False)

    @property
    def url(self) -> str:
        """The path, leading to things that exist."""
        return self.path.format_map(EXISTING)

    @property
    def headers(self) -> dict[str, str]:
        """A value for each header that the operation requires."""
        parameters = self.definition.get("parameters", ())
        return {p["name"]: "a-value" for p in parameters if p["in"] == "header" and p.get("required")}

    @property
    def body(self) -> Mapping[str, Any] | None:
        """The schema of the JSON body; None where there is none."""
        content = self.definition.get("requestBody", {}).get("content", {})
        if "application/json" not in content:
            return None
        name = content["application/json"]["schema"]["$ref"].rpartition("/")[2]
        body: Mapping[str, Any] = api_schema()["components"]["schemas"][name]
        return body

    def __str__(self) -> str:
        """Return what pytest shows."""
        return f"{self.method.upper()} {self.path}"


def operations() -> Iterator[Operation]:
    """Yield every operation of the API."""
    for path, methods in api_schema()["paths"].items():
        for method, definition in methods.items():
            yield Operation(method, path, definition)


def make_things_of(user: User) -> None:
    """Make what each app has for a user."""
    for world in WORLDS:
        world.make(user)


def make_world(role: str) -> dict[str, str]:
    """Make somebody, and what each app has for them.

    Args:
        role: One of `ROLES`.

    Returns:
        The headers that this caller sends.
    """
    user = UserFactory.create(admin=role == "admin")
    make_things_of(user)
    if role == "anonymous":
        return {}
    return {"Authorization": f"Token {Token.objects.create(user=user).key}"}


@contextmanager
def connections_kept() -> Iterator[None]:
    """Keep the test's transaction open through requests to the application, as Django's client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)
