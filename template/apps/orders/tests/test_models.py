"""The database itself refuses an order that can't be."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from apps.orders.models import Order, OrderLine
from apps.orders.tests.factories import order_make

pytestmark = [pytest.mark.django_db, pytest.mark.proves("django-orm")]
NOW = timezone.now()


@pytest.mark.asvs("2.2.3")
@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"status": "lost"}, "orders_order_status_fits_times"),
        ({"status": "paid"}, "orders_order_status_fits_times"),
        ({"paid_at": NOW + timedelta(days=1)}, "orders_order_status_fits_times"),
        (
            {"status": "paid", "paid_at": NOW + timedelta(days=1), "closed_at": NOW},
            "orders_order_status_fits_times",
        ),
        ({"status": "expired"}, "orders_order_status_fits_times"),
        ({"status": "paid", "paid_at": NOW - timedelta(days=1)}, "orders_order_paid_once_placed"),
        ({"total": -1}, "orders_order_total_not_negative"),
        ({"currency": "eur"}, "orders_order_currency_is_code"),
        ({"idempotency_key": ""}, "orders_order_idempotency_key_not_empty"),
    ],
)
def test_an_order_that_cannot_be_is_refused(columns: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        order_make(**columns)


def test_a_key_names_one_order_of_a_user() -> None:
    first = order_make(idempotency_key="once")
    with pytest.raises(IntegrityError, match="orders_order_one_a_key"):
        order_make(first.user, idempotency_key="once")


@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [("quantity", 0, "quantity"), ("unit_price", -1, "orders_line_price"), ("name", "", "orders_line_name")],
)
def test_a_line_that_cannot_be_is_refused(column: str, value: Any, constraint: str) -> None:
    order = order_make()
    with pytest.raises(IntegrityError, match=constraint):
        order.lines.update(**{column: value})


def test_a_product_has_one_line_an_order() -> None:
    line = order_make().lines.get()
    with pytest.raises(IntegrityError, match="orders_line_product_once_an_order"):
        OrderLine.objects.create(
            order=line.order, product=line.product, name=line.name, unit_price=line.unit_price, quantity=1
        )


def test_lines_go_with_their_order() -> None:
    order = order_make()
    Order.objects.filter(pk=order.pk).delete()
    assert not OrderLine.objects.filter(order=order.pk).exists()
