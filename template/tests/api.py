"""The API as its schema shows it: what the tests of every operation go by."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from rest_framework_simplejwt.tokens import AccessToken

from apps.accounts.tests.factories import UserFactory
from apps.catalog.tests.factories import ProductFactory
from apps.orders.models import Order
from stack.openapi.views import api_schema

CATEGORY = SLUG = "0"
"""The shortest slug: Schemathesis begins with it, so that its requests reach something."""
ORDER = UUID("00000000-0000-4000-8000-000000000001")
EXISTING = {"slug": SLUG, "id": str(ORDER)}
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


def make_world(role: str) -> dict[str, str]:
    """Make a product and an order, and somebody to whom it belongs.

    Args:
        role: One of `ROLES`.

    Returns:
        The headers that this caller sends.
    """
    ProductFactory.create(slug=SLUG, category__slug=CATEGORY)
    user = UserFactory.create(admin=role == "admin")
    Order.objects.create(id=ORDER, user=user, idempotency_key="of-the-first-order")
    if role == "anonymous":
        return {}
    return {"Authorization": f"Bearer {AccessToken.for_user(user)}"}


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
