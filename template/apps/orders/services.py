"""What happens to an order: placed, and then paid, cancelled or expired."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from apps.accounts.models import User
from apps.catalog.services import stock_return, stock_take
from apps.orders.models import Order, OrderLine
from stack import outbox
from stack.errors import Conflict, Rejected

EXPIRE_BATCH = 100
"""Orders a transaction: a large backlog must not lock its products for long."""


class Placement(NamedTuple):
    """The order, and whether an earlier request had placed it."""

    order: Order
    replayed: bool


@transaction.atomic
def order_place(user: User, pieces: Mapping[str, int], *, idempotency_key: str) -> Placement:
    """Place an order, once, however often it is asked for with this key.

    The order's row comes first: whoever asks for the same at the same moment waits at its unique key until
    the first is committed, and then finds its order; or, if that was refused, may try anew.

    Args:
        user: Who buys.
        pieces: How many of which product, by slug.
        idempotency_key: What the buyer's program calls this purchase.

    Returns:
        The order, and whether it was there already.

    Raises:
        Rejected: When the key was used to ask for something else, or a product is not for sale.
        Conflict: When there are too few of a product, or the user keeps too much unpaid already.
    """
    fingerprint = _fingerprint(pieces)
    order, created = Order.objects.get_or_create(
        user=user, idempotency_key=idempotency_key, defaults={"fingerprint": fingerprint}
    )
    if not created:
        if order.fingerprint != fingerprint:
            raise Rejected("This Idempotency-Key came with another order.", code="idempotency_key_reused")
        return Placement(order, replayed=True)
    _unpaid_bound(user, sum(pieces.values()))
    lines = [
        OrderLine(
            order=order,
            product=product,
            name=product.name,
            unit_price=product.price,
            quantity=pieces[product.slug],
        )
        for product in stock_take(pieces)
    ]
    OrderLine.objects.bulk_create(lines)
    order.total = sum((line.unit_price * line.quantity for line in lines), Decimal(0))
    order.save(update_fields=("total",))
    outbox.emit("order.placed", _placed(order, lines), key=order.pk)
    return Placement(order, replayed=False)


@transaction.atomic
def order_pay(order_id: UUID) -> Order:
    """Record that an order was paid. No payment provider is asked: this is where its answer would come in.

    Args:
        order_id: The order.

    Returns:
        The order, paid.

    Raises:
        Conflict: When it was paid, cancelled or expired already.
    """
    order = _locked_placed(order_id)
    order.status = Order.Status.PAID
    order.paid_at = max(timezone.now(), order.placed_at)  # by another server's clock, which may be ahead
    order.save(update_fields=("status", "paid_at"))
    outbox.emit("order.paid", {"order": order.pk, "user": order.user_id, "at": order.paid_at}, key=order.pk)
    return order


@transaction.atomic
def order_cancel(order_id: UUID) -> Order:
    """Cancel an unpaid order; its pieces can be sold again.

    Args:
        order_id: The order.

    Returns:
        The order, cancelled.

    Raises:
        Conflict: When it was paid, cancelled or expired already.
    """
    order = _locked_placed(order_id)
    order.status = Order.Status.CANCELLED
    order.closed_at = timezone.now()
    order.save(update_fields=("status", "closed_at"))
    _give_back([order.pk])
    outbox.emit(
        "order.cancelled", {"order": order.pk, "user": order.user_id, "at": order.closed_at}, key=order.pk
    )
    return order


def orders_expire(now: datetime | None = None) -> int:
    """Expire the orders that nobody paid in time; their pieces can be sold again.

    Several may run at once: each passes over the orders that another has in hand.

    Args:
        now: The moment it is; the present one if None.

    Returns:
        How many orders expired.
    """
    now = now or timezone.now()
    expired = 0
    while batch := _expire_batch(now):
        expired += batch
    return expired


@transaction.atomic
def _expire_batch(now: datetime) -> int:
    deadline = now - relativedelta(minutes=settings.ORDERS_UNPAID_MINUTES)
    overdue = Order.objects.filter(status=Order.Status.PLACED, placed_at__lt=deadline)
    orders = dict(
        overdue.order_by("placed_at")
        .select_for_update(skip_locked=True, no_key=True)
        .values_list("pk", "user_id")[:EXPIRE_BATCH]
    )
    ids = list(orders)
    Order.objects.filter(pk__in=ids).update(status=Order.Status.EXPIRED, closed_at=now)
    _give_back(ids)
    outbox.emit_many(
        outbox.Event("order.expired", {"order": order, "user": user, "at": now}, order)
        for order, user in orders.items()
    )
    return len(ids)


def _unpaid_bound(user: User, pieces: int) -> None:
    """Refuse a new order, whose row is there, of a user who keeps too much unpaid.

    The user's row is locked, after the order's: of two at one moment, the second waits, and counts the first.

    Args:
        user: Who buys.
        pieces: How many are asked for.

    Raises:
        Conflict: When there would be more than the settings allow.
    """
    orders_max, pieces_max = settings.ORDERS_UNPAID_MAX, settings.ORDERS_UNPAID_PIECES
    if not (orders_max or pieces_max):
        return
    User.objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)
    unpaid = Order.objects.filter(user=user, status=Order.Status.PLACED).aggregate(
        orders=Count("pk", distinct=True), pieces=Sum("lines__quantity", default=0)
    )
    if orders_max and unpaid["orders"] > orders_max:
        raise Conflict(f"Pay or cancel first: {orders_max} orders may be unpaid.", code="unpaid_orders")
    if pieces_max and unpaid["pieces"] + pieces > pieces_max:
        raise Conflict(f"No more than {pieces_max} pieces may be unpaid.", code="unpaid_pieces")


def _placed(order: Order, lines: list[OrderLine]) -> dict[str, object]:
    """Return what there is to tell of a new order."""
    return {
        "order": order.pk,
        "user": order.user_id,
        "total": order.total,
        "currency": order.currency,
        "placed_at": order.placed_at,
        "lines": [
            {"product": line.product.slug, "quantity": line.quantity, "unit_price": line.unit_price}
            for line in lines
        ],
    }


def _give_back(order_ids: list[UUID]) -> None:
    pieces: Counter[int] = Counter()
    for product_id, quantity in OrderLine.objects.filter(order__in=order_ids).values_list(
        "product", "quantity"
    ):
        pieces[product_id] += quantity
    stock_return(pieces)


def _locked_placed(order_id: UUID) -> Order:
    """Lock an order that can still move on. Orders are locked before products, everywhere."""
    order = Order.objects.select_for_update(no_key=True).get(pk=order_id)
    if order.status != Order.Status.PLACED:
        raise Conflict(f"The order is {order.status}.", code=f"order_{order.status}")
    return order


def _fingerprint(pieces: Mapping[str, int]) -> str:
    """Return a digest of what is asked for, the same for any order of the lines."""
    return hashlib.sha256(json.dumps(dict(pieces), sort_keys=True).encode()).hexdigest()
