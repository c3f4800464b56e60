"""Orders outlive who placed them, and say nothing of them."""

import pytest

from apps.accounts.tests.factories import UserFactory
from apps.orders.models import Order
from apps.orders.tests.factories import order_make
from stack import personal

pytestmark = pytest.mark.django_db


def test_orders_are_given_with_their_lines() -> None:
    order = order_make(idempotency_key="for-ada")
    order_make()
    line = order.lines.get()

    (given,) = personal.export(order.user)["orders"]

    assert (given["id"], given["idempotency_key"], given["total"]) == (order.pk, "for-ada", order.total)
    assert given["lines"] == [[line.quantity, line.name, line.unit_price]]


def test_orders_are_kept_without_the_person() -> None:
    user = UserFactory.create()
    mine = [order_make(user, idempotency_key=f"ada-{number}") for number in range(2)]
    other = order_make(idempotency_key="ada-0")

    personal.erase(user)

    for order in mine:
        total = order.total
        order.refresh_from_db()
        assert (order.user_id, order.total, order.idempotency_key) == (user.pk, total, str(order.pk))
        assert order.lines.count() == 1
    assert Order.objects.get(pk=other.pk).idempotency_key == "ada-0"
