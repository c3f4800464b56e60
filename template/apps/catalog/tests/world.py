"""What requests to the catalogue can reach, in the tests of every operation of the API."""

from apps.accounts.models import User
from apps.catalog.tests.factories import ProductFactory

CATEGORY = "0"
"""The shortest slug: Schemathesis begins with it, so that its products have a category."""

EXISTING = {"slug": "there-already"}
"""Values of path parameters."""

ACCESS = {
    "GET /api/v1/categories/": "anybody",
    "GET /api/v1/products/": "anybody",
    "GET /api/v1/products/{slug}/": "anybody",
    "POST /api/v1/products/": "permitted",
    "PUT /api/v1/products/{slug}/": "permitted",
    "PATCH /api/v1/products/{slug}/": "permitted",
    "DELETE /api/v1/products/{slug}/": "permitted",
    "PUT /api/v1/products/{slug}/picture/": "permitted",
}
"""Who may call which operation; see `tests.test_access`."""


def make(_user: User) -> None:
    """Make a product."""
    ProductFactory.create(slug=EXISTING["slug"], category__slug=CATEGORY)
