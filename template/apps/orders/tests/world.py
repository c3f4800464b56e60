"""What requests to the orders can reach, in the tests of every operation of the API."""

from apps.accounts.models import User
from apps.orders.models import Order

EXISTING = {"id": "00000000-0000-4000-8000-000000000001"}
"""Values of path parameters."""

ACCESS = {
    "GET /api/v1/orders/": "user",
    "POST /api/v1/orders/": "user",
    "GET /api/v1/orders/{id}/": "owner",
    "POST /api/v1/orders/{id}/cancel/": "owner",
    "POST /api/v1/orders/{id}/pay/": "owner",
}
"""Who may call which operation; see `tests.test_access`."""


def make(user: User) -> None:
    """Make an order of this user's."""
    Order.objects.create(id=EXISTING["id"], user=user, idempotency_key="of-the-first-order")
