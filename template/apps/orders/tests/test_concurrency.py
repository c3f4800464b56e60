"""Many at once, each on a connection of their own, on the real PostgreSQL."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.catalog.models import Product
from apps.catalog.tests.factories import ProductFactory
from apps.orders.models import Order
from apps.orders.services import order_cancel, orders_expire
from apps.orders.tests.factories import order_make
from stack.errors import Conflict

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.proves("postgresql")]


def at_once[T](count: int, work: Callable[[int], T]) -> list[T]:
    """Do the work so many times, all starting at the same moment.

    Args:
        count: How many threads.
        work: What each does with its number.

    Returns:
        What they returned, by number.
    """
    start = Barrier(count)

    def run(number: int) -> T:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '20s'")  # an error in place of a test that never ends
            start.wait(timeout=30)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count)))


def post(user: User, address: str, body: Any = None, key: str = "") -> tuple[int, dict[str, Any]]:
    client = APIClient()
    client.force_authenticate(user)
    response = client.post(f"/api/v1/orders/{address}", body, headers={"Idempotency-Key": key})
    return response.status_code, response.json()


@pytest.mark.asvs("2.3.4")
def test_twenty_buyers_of_the_last_five_pieces() -> None:
    lamp, shelf = ProductFactory.create(stock=5), ProductFactory.create(stock=1000)
    users = UserFactory.create_batch(20)

    def buy(number: int) -> int:
        slugs = [lamp.slug, shelf.slug][:: 1 if number % 2 else -1]
        lines = [{"product": slug, "quantity": 1} for slug in slugs]
        return post(users[number], "", {"lines": lines}, key="1")[0]

    assert Counter(at_once(20, buy)) == {201: 5, 409: 15}
    assert Order.objects.count() == 5
    assert list(Product.objects.order_by("pk").values_list("stock", flat=True)) == [0, 995]


@pytest.mark.asvs("2.3.4")
@pytest.mark.parametrize(
    ("quantity", "placed"), [pytest.param(1, 3, id="orders"), pytest.param(40, 2, id="pieces")]
)
def test_of_ten_orders_at_once_a_user_has_no_more_unpaid_than_is_allowed(quantity: int, placed: int) -> None:
    product = ProductFactory.create(stock=1_000)
    user = UserFactory.create()
    body = {"lines": [{"product": product.slug, "quantity": quantity}]}

    statuses = at_once(10, lambda number: post(user, "", body, key=f"{number}")[0])

    assert Counter(statuses) == {201: placed, 409: 10 - placed}
    assert (Order.objects.count(), Product.objects.get().stock) == (placed, 1_000 - placed * quantity)


def test_a_double_submit_places_one_order() -> None:
    product = ProductFactory.create(stock=3)
    user = UserFactory.create()
    body = {"lines": [{"product": product.slug, "quantity": 2}]}
    answers = at_once(10, lambda _: post(user, "", body, key="click"))
    assert Counter(status for status, _ in answers) == {201: 1, 200: 9}
    assert len({order["id"] for _, order in answers}) == Order.objects.count() == 1
    assert Product.objects.get().stock == 1


def test_a_key_with_two_bodies_at_once_places_one_order() -> None:
    product = ProductFactory.create(stock=100)
    user = UserFactory.create()

    def buy(number: int) -> int:
        body = {"lines": [{"product": product.slug, "quantity": 1 + number % 2}]}
        return post(user, "", body, key="click")[0]

    assert Counter(at_once(10, buy)) == {201: 1, 200: 4, 422: 5}
    assert Order.objects.count() == 1


def test_ten_payments_at_once_are_one() -> None:
    order = order_make()
    statuses = at_once(10, lambda _: post(order.user, f"{order.pk}/pay/")[0])
    assert Counter(statuses) == {200: 1, 409: 9}


def test_a_payment_and_a_cancellation_at_once_are_one_of_them() -> None:
    order = order_make()
    statuses = at_once(
        10, lambda number: post(order.user, f"{order.pk}/{'pay' if number % 2 else 'cancel'}/")[0]
    )
    assert Counter(statuses) == {200: 1, 409: 9}
    order.refresh_from_db()
    assert Product.objects.get().stock == (8 if order.status == "paid" else 10)


def test_orders_that_another_has_in_hand_are_passed_over() -> None:
    held, free = (order_make(placed_at=timezone.now() - timedelta(days=2)) for _ in range(2))
    with transaction.atomic():
        Order.objects.select_for_update().get(pk=held.pk)
        assert at_once(1, lambda _: orders_expire()) == [1]
    free.refresh_from_db()
    assert free.status == "expired"


def test_expiry_cancellation_and_purchases_at_once_lose_no_piece(settings: Settings) -> None:
    settings.ORDERS_UNPAID_MAX = settings.ORDERS_UNPAID_PIECES = 0
    products = ProductFactory.create_batch(4, stock=100)
    slugs = [product.slug for product in products]
    user = UserFactory.create()
    old = [
        order_make(user, dict.fromkeys(slugs, 1), placed_at=timezone.now() - timedelta(days=2))
        for _ in range(20)
    ]

    def work(number: int) -> None:
        if number < 2:
            orders_expire()
        elif number < 6:
            with suppress(Conflict):  # expired a moment ago
                order_cancel(old[-number].pk)
        else:
            order_make(user, dict.fromkeys(reversed(slugs), 1))

    at_once(12, work)
    assert set(Product.objects.values_list("stock", flat=True)) == {100 - 6}
