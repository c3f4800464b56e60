"""What users are told when something happens to their orders: on their open pages, and by mail."""

from apps.letters.services import letter_add
from apps.notifications.services import notification_add
from apps.orders.events import OrderMoved, OrderPlaced
from stack.events import Message
from stack.inbox import consumer

TEXTS = {
    "order.paid": "Your order is paid.",
    "order.cancelled": "Your order is cancelled.",
    "order.expired": "Nobody paid your order in time: it is cancelled.",
}


@consumer("order.placed")
def order_placed(message: Message[OrderPlaced]) -> None:
    """Thank the buyer."""
    order = message.payload
    text = f"Thank you for your order of {order.total} {order.currency}."
    notification_add(order.user, message.type.name, text, {"order": str(order.order)})
    lines = [f"{line.quantity} x {line.product}, {line.unit_price} each" for line in order.lines]
    letter_add(order.user, "Your order", "\n".join([text, "", *lines]))


@consumer("order.paid", "order.cancelled", "order.expired")
def order_moved(message: Message[OrderMoved]) -> None:
    """Say how an order goes on."""
    order, text = message.payload, TEXTS[message.type.name]
    notification_add(order.user, message.type.name, text, {"order": str(order.order)})
    letter_add(order.user, text, f"{text}\n\nOrder {order.order}")
