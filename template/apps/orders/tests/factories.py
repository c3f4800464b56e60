"""Made-up orders for tests."""

from typing import Any
from uuid import uuid4

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.catalog.tests.factories import ProductFactory
from apps.orders.models import Order
from apps.orders.services import order_place


def order_make(user: User | None = None, pieces: dict[str, int] | None = None, **columns: Any) -> Order:
    """Place an order as anybody would, and then bend its columns to the test's needs.

    Args:
        user: Who buys; somebody new if None.
        pieces: How many of which product, by slug; two of a new one if None.
        **columns: What to overwrite.

    Returns:
        The order as saved.
    """
    order, _ = order_place(
        user or UserFactory.create(), pieces or {ProductFactory.create().slug: 2}, idempotency_key=uuid4().hex
    )
    if columns:
        Order.objects.filter(pk=order.pk).update(**columns)
        order.refresh_from_db()
    return order
