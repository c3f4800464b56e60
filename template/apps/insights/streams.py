"""The stream of orders, as sales. The order of its events is that of each order's life."""

from django.utils import timezone

from apps.insights import services
from apps.orders.events import OrderMoved, OrderPlaced
from stack.events import Message
from stack.kafka import forgets, stream


@stream("order.placed")
def sale_add(message: Message[OrderPlaced]) -> None:
    """Add a new order."""
    order = message.payload
    lines = [
        services.Line(line.product, line.quantity, line.unit_price * line.quantity) for line in order.lines
    ]
    services.sale_add(order.order, timezone.localdate(order.placed_at), order.currency, lines)


@stream("order.paid")
def sale_settle(message: Message[OrderMoved]) -> None:
    """Note that one was paid."""
    services.sale_settle(message.payload.order)


@stream("order.cancelled", "order.expired")
def sale_withdraw(message: Message[OrderMoved]) -> None:
    """Take one out again."""
    services.sale_withdraw(message.payload.order)


forgets()(services.sales_forget)
