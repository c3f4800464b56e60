"""What requests to the catalogue can reach, in the tests of every operation of the API."""

from apps.accounts.models import User
from apps.catalog.tests.factories import ProductFactory

CATEGORY = "0"
"""The shortest slug: Schemathesis begins with it, so that its products have a category."""

EXISTING = {"slug": "there-already"}
"""Values of path parameters."""


def make(_user: User) -> None:
    """Make a product."""
    ProductFactory.create(slug=EXISTING["slug"], category__slug=CATEGORY)
