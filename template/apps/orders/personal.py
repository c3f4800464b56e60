"""What orders know of a person."""

from typing import Any

from django.db.models import CharField
from django.db.models.functions import Cast

from apps.accounts.models import User
from apps.orders.models import Order
from apps.orders.selectors import order_list

MODELS = ("orders.Order",)
NOT_PERSONAL = {"orders.OrderLine": "goods and prices, as they were sold"}
SHOWN = ("id", "status", "total", "currency", "idempotency_key", "placed_at", "paid_at", "closed_at")


def export(user: User) -> list[dict[str, Any]]:
    """Return the orders with their lines; see `stack.personal.Part`."""
    return [
        {name: getattr(order, name) for name in SHOWN}
        | {"lines": [[line.quantity, line.name, line.unit_price] for line in order.lines.all()]}
        for order in order_list(user)
    ]


def erase(user: User) -> None:
    """Keep the orders, for the books; see `stack.personal.Part`."""
    # Whoever orders names the key, by whatever they like; without it, nothing asks for the fingerprint.
    Order.objects.filter(user=user).update(idempotency_key=Cast("pk", CharField()), fingerprint="")
