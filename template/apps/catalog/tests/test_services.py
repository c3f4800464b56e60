"""What changes the catalogue."""

import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection, transaction

from apps.catalog.models import Product
from apps.catalog.services import (
    product_create,
    product_delete,
    product_update,
    stock_return,
    stock_take,
)
from apps.catalog.tests.factories import CategoryFactory, ProductFactory
from apps.orders.tests.factories import order_make
from stack.errors import Conflict, Rejected

pytestmark = pytest.mark.django_db


def test_a_slug_that_another_took_a_moment_ago_is_a_conflict() -> None:
    values = {"name": "Lamp", "slug": "lamp", "price": Decimal(1), "category": CategoryFactory.create()}
    product_create(**values)
    with pytest.raises(Conflict, match="lamp"):
        product_create(**values)
    other = ProductFactory.create()
    with pytest.raises(Conflict, match="lamp"):
        product_update(other, slug="lamp")


def test_a_change_leaves_alone_what_was_sold_meanwhile() -> None:
    product = ProductFactory.create(stock=10)
    stock_take({product.slug: 4})
    product_update(product, name="Lamp", price=Decimal("5.00"))
    assert Product.objects.values_list("name", "price", "stock").get() == ("Lamp", Decimal("5.00"), 6)


def test_a_change_of_what_was_deleted_meanwhile_is_a_conflict() -> None:
    product = ProductFactory.create()
    Product.objects.all().delete()
    with pytest.raises(Conflict, match="deleted"):
        product_update(product, name="Lamp")


def test_what_was_ordered_is_not_deleted() -> None:
    product = ProductFactory.create()
    order_make(pieces={product.slug: 1})
    with pytest.raises(Conflict, match="off sale"):
        product_delete(product)


@pytest.mark.django_db(transaction=True)
def test_what_is_just_being_ordered_is_not_deleted() -> None:
    product = ProductFactory.create()

    def delete() -> None:
        try:
            product_delete(product)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            order_make(pieces={product.slug: 1})
            deletion = other.submit(delete)
            deadline = time.monotonic() + 20
            while not _somebody_waits_for_us():
                assert time.monotonic() < deadline, "the deletion did not wait for the order within 20 s"
        with pytest.raises(Conflict, match="off sale"):
            deletion.result()


def _somebody_waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return cursor.fetchone() is not None


def test_stock_is_taken_from_all_or_none() -> None:
    few, many = ProductFactory.create(stock=1), ProductFactory.create(stock=100)
    with pytest.raises(Conflict, match=few.slug) as conflict, transaction.atomic():
        stock_take({many.slug: 2, few.slug: 2})
    assert conflict.value.code == "out_of_stock"
    assert [product.slug for product in stock_take({many.slug: 100, few.slug: 1})] == [many.slug, few.slug]
    assert set(Product.objects.values_list("stock", flat=True)) == {0}
    stock_return({few.pk: 1, many.pk: 2})
    assert list(Product.objects.order_by("pk").values_list("stock", flat=True)) == [1, 2]


def test_what_is_not_on_sale_is_not_taken() -> None:
    product = ProductFactory.create(is_active=False)
    with pytest.raises(Rejected, match=f"{product.slug}, nothing"):
        stock_take({product.slug: 1, "nothing": 1})


@pytest.mark.django_db(transaction=True)
@pytest.mark.proves("postgresql")
def test_takes_in_opposite_orders_never_deadlock() -> None:
    slugs = [product.slug for product in ProductFactory.create_batch(6, stock=1000)]

    def take(number: int) -> None:
        try:
            with transaction.atomic():
                stock_take(dict.fromkeys(slugs if number % 2 else reversed(slugs), 1))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as buyers:
        list(buyers.map(take, range(80)))
    assert set(Product.objects.values_list("stock", flat=True)) == {920}
