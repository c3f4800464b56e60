"""Each step of an order is told of, in the transaction that takes it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import QuerySet
from django_outbox_pattern.models import Published

from apps.accounts.tests.factories import UserFactory
from apps.catalog.tests.factories import ProductFactory
from apps.orders.services import order_cancel, order_pay, order_place, orders_expire
from apps.orders.tests.factories import order_make
from stack.errors import Conflict

pytestmark = pytest.mark.django_db


def published() -> QuerySet[Published]:
    """What goes to RabbitMQ; what goes elsewhere is the same."""
    events: QuerySet[Published] = Published.objects.filter(destination__startswith="/exchange/")
    return events


def told() -> list[str]:
    """The types of what was told, in its order."""
    return [event.headers["ce-type"] for event in published().order_by("added")]


def test_an_order_is_told_of_with_all_that_a_reader_needs() -> None:
    user, lamp = UserFactory.create(), ProductFactory.create(price=Decimal("0.10"), stock=5)
    order, _ = order_place(user, {lamp.slug: 3}, idempotency_key="1")
    event = published().get()

    assert event.headers["ce-partitionkey"] == str(order.pk)
    assert event.body == {
        "order": str(order.pk),
        "user": user.pk,
        "total": "0.30",
        "currency": order.currency,
        "placed_at": event.body["placed_at"],
        "lines": [{"product": lamp.slug, "quantity": 3, "unit_price": "0.10"}],
    }


def test_a_repeated_request_tells_nothing_again() -> None:
    user, lamp = UserFactory.create(), ProductFactory.create(stock=5)
    for _ in range(2):
        order_place(user, {lamp.slug: 1}, idempotency_key="1")
    assert told() == ["order.placed.v1"]


def test_each_step_is_told_and_a_refused_one_is_not() -> None:
    paid, cancelled = order_make(), order_make()
    order_pay(paid.pk)
    order_cancel(cancelled.pk)
    with pytest.raises(Conflict), transaction.atomic():
        order_pay(cancelled.pk)
    assert told() == ["order.placed.v1", "order.placed.v1", "order.paid.v1", "order.cancelled.v1"]


def test_every_order_that_expires_is_told_of() -> None:
    orders = [order_make() for _ in range(3)]
    assert orders_expire(orders[-1].placed_at + timedelta(minutes=61)) == 3
    expired = published().filter(destination__contains="expired")
    assert {event.body["order"] for event in expired} == {str(order.pk) for order in orders}
