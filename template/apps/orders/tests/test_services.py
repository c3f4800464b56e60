"""An order's life, one step at a time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from apps.accounts.tests.factories import UserFactory
from apps.catalog.models import Product
from apps.catalog.services import product_update
from apps.catalog.tests.factories import ProductFactory
from apps.orders import services
from apps.orders.models import Order
from apps.orders.services import order_cancel, order_pay, order_place, orders_expire
from apps.orders.tasks import unpaid_orders_expire
from apps.orders.tests.factories import order_make
from stack.errors import Conflict, Rejected

pytestmark = pytest.mark.django_db


def stock() -> list[int]:
    return list(Product.objects.order_by("pk").values_list("stock", flat=True))


def test_an_order_takes_stock_and_keeps_names_and_prices_as_sold(settings: Settings) -> None:
    settings.ORDERS_UNPAID_PIECES = 2_000
    lamp = ProductFactory.create(name="Lamp", price=Decimal("0.10"), stock=5)
    shelf = ProductFactory.create(name="Shelf", price=Decimal("99999999.99"), stock=1000)
    order, replayed = order_place(UserFactory.create(), {lamp.slug: 3, shelf.slug: 1000}, idempotency_key="1")
    product_update(lamp, name="Lantern", price=Decimal(7))
    order.refresh_from_db()
    assert (order.status, order.total, replayed) == ("placed", Decimal("99999999990.30"), False)
    assert list(order.lines.values_list("name", "unit_price", "quantity")) == [
        ("Lamp", Decimal("0.10"), 3),
        ("Shelf", Decimal("99999999.99"), 1000),
    ]
    assert stock() == [2, 0]


@pytest.mark.parametrize("lines", [1, 20])
def test_placing_takes_the_same_queries_for_one_line_and_for_twenty(
    django_assert_num_queries: DjangoAssertNumQueries, lines: int
) -> None:
    user = UserFactory.create()
    pieces = {product.slug: 1 for product in ProductFactory.create_batch(lines)}
    # The order looked for and inserted, its user locked, what is unpaid counted; its products locked and
    # updated, its lines and total; 2 savepoints; its key locked, what is told of it, and a word to the relay.
    with django_assert_num_queries(15):
        order_place(user, pieces, idempotency_key="1")


def test_a_key_places_one_order_of_each_user() -> None:
    product = ProductFactory.create(stock=10)
    user, other = UserFactory.create_batch(2)
    first = order_place(user, {product.slug: 2}, idempotency_key="1")
    assert order_place(user, {product.slug: 2}, idempotency_key="1") == (first.order, True)
    assert not order_place(user, {product.slug: 2}, idempotency_key="2").replayed
    assert not order_place(other, {product.slug: 2}, idempotency_key="1").replayed
    with pytest.raises(Rejected, match="Idempotency-Key"):
        order_place(user, {product.slug: 3}, idempotency_key="1")
    assert stock() == [4]


def test_the_order_of_lines_makes_no_other_request() -> None:
    one, two = (product.slug for product in ProductFactory.create_batch(2))
    user = UserFactory.create()
    order_place(user, {one: 1, two: 2}, idempotency_key="1")
    assert order_place(user, {two: 2, one: 1}, idempotency_key="1").replayed


@pytest.mark.asvs("2.3.3", "16.5.3")
def test_a_refused_order_leaves_nothing_and_its_key_can_be_used_again() -> None:
    product = ProductFactory.create(stock=1)
    user = UserFactory.create()
    with pytest.raises(Conflict):
        order_place(user, {product.slug: 2}, idempotency_key="1")
    assert (Order.objects.count(), stock()) == (0, [1])
    product_update(product, stock=2)
    assert not order_place(user, {product.slug: 2}, idempotency_key="1").replayed


@pytest.mark.asvs("2.3.2")
@pytest.mark.parametrize(
    ("unpaid", "asked", "code"),
    [
        pytest.param([1, 1, 1], 1, "unpaid_orders", id="orders"),
        pytest.param([60, 40], 1, "unpaid_pieces", id="pieces"),
        pytest.param([], 101, "unpaid_pieces", id="pieces of the first"),
    ],
)
def test_what_a_user_keeps_unpaid_has_limits(unpaid: list[int], asked: int, code: str) -> None:
    product = ProductFactory.create(stock=1_000)
    user = UserFactory.create()
    for quantity in unpaid:
        order_make(user, {product.slug: quantity})

    with pytest.raises(Conflict) as conflict:
        order_make(user, {product.slug: asked})

    assert conflict.value.code == code
    assert (Order.objects.count(), stock()) == (len(unpaid), [1_000 - sum(unpaid)])
    order_make(pieces={product.slug: 1})  # somebody else's


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param({"status": "paid", "paid_at": timezone.now() + timedelta(days=1)}, id="paid"),
        pytest.param({"status": "cancelled", "closed_at": timezone.now()}, id="cancelled"),
        pytest.param({"status": "expired", "closed_at": timezone.now()}, id="expired"),
    ],
)
def test_what_is_not_unpaid_does_not_count(columns: dict[str, Any]) -> None:
    product = ProductFactory.create(stock=1_000)
    user = UserFactory.create()
    for _ in range(3):
        order_make(user, {product.slug: 60}, **columns)

    assert order_make(user, {product.slug: 100}).status == "placed"


def test_limits_of_what_is_unpaid_can_be_left_out(settings: Settings) -> None:
    settings.ORDERS_UNPAID_MAX = settings.ORDERS_UNPAID_PIECES = 0
    product = ProductFactory.create(stock=1_000)
    user = UserFactory.create()

    for _ in range(4):
        order_make(user, {product.slug: 100})

    assert stock() == [600]


def test_a_paid_order_keeps_its_pieces() -> None:
    order = order_pay(order_make().pk)
    order.refresh_from_db()
    assert order.status == "paid" and order.paid_at is not None
    assert stock() == [8]


def test_an_order_can_be_paid_where_the_clock_is_behind() -> None:
    order = order_pay(order_make(placed_at=timezone.now() + timedelta(seconds=5)).pk)
    order.refresh_from_db()
    assert order.paid_at == order.placed_at


def test_a_cancelled_order_gives_its_pieces_back() -> None:
    order = order_cancel(order_make().pk)
    order.refresh_from_db()
    assert order.status == "cancelled" and order.closed_at is not None
    assert stock() == [10]


@pytest.mark.asvs("2.3.1")
@pytest.mark.parametrize("step", [order_pay, order_cancel])
@pytest.mark.parametrize(
    "columns",
    [
        {"status": "paid", "paid_at": timezone.now() + timedelta(days=1)},
        {"status": "cancelled", "closed_at": timezone.now()},
        {"status": "expired", "closed_at": timezone.now()},
    ],
)
def test_only_a_placed_order_moves_on(step: Callable[[UUID], Order], columns: dict[str, Any]) -> None:
    order = order_make(**columns)
    with pytest.raises(Conflict, match=order.status) as conflict:
        step(order.pk)
    assert conflict.value.code == f"order_{order.status}"
    assert stock() == [8]


@pytest.mark.proves("python-dateutil")
def test_unpaid_orders_expire_after_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "EXPIRE_BATCH", 2)
    now = datetime(2027, 3, 1, 0, 30, tzinfo=UTC)
    deadline = now - relativedelta(hours=1)
    assert deadline == datetime(2027, 2, 28, 23, 30, tzinfo=UTC)
    product = ProductFactory.create(stock=20)
    for seconds in (-2, -1, -1, 0, 1):
        order_make(pieces={product.slug: 2}, placed_at=deadline + timedelta(seconds=seconds))
    paid = order_make(
        pieces={product.slug: 2}, status="paid", placed_at=deadline - timedelta(days=1), paid_at=now
    )
    assert orders_expire(now) == 3
    assert orders_expire(now) == 0
    assert Order.objects.filter(status="expired", closed_at=now).count() == 3
    paid.refresh_from_db()
    assert paid.status == "paid"
    assert stock() == [14]


def test_the_task_expires_orders() -> None:
    order = order_make(placed_at=timezone.now() - timedelta(days=2))
    unpaid_orders_expire.call()
    order.refresh_from_db()
    assert order.status == "expired"
