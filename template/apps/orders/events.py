"""What orders tell of, each by the order's identifier as the key."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel

from stack.events import declare


class Line(BaseModel):
    """So many pieces of a product, each at a price."""

    product: str
    quantity: int
    unit_price: Decimal


class OrderPlaced(BaseModel):
    """Somebody wants to buy."""

    order: UUID
    user: int
    total: Decimal
    currency: str
    placed_at: datetime
    lines: list[Line]


class OrderMoved(BaseModel):
    """An order went on, or came to an end."""

    order: UUID
    user: int
    at: datetime


declare("order.placed", OrderPlaced)
for _state in ("paid", "cancelled", "expired"):
    declare(f"order.{_state}", OrderMoved)
