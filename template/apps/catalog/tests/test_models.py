"""The database itself refuses a catalogue that can't be."""

from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.db.models import ProtectedError

from apps.catalog.models import Product
from apps.catalog.tests.factories import CategoryFactory, ProductFactory

pytestmark = [pytest.mark.django_db, pytest.mark.proves("django-orm")]


@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [
        ("price", -1, "catalog_product_price_not_negative"),
        ("stock", -1, "stock_"),
        ("name", " \t", "catalog_product_name_not_blank"),
        ("slug", "", "catalog_product_slug_is_slug"),
        ("slug", "a/b", "catalog_product_slug_is_slug"),
        ("slug", "taken", "catalog_product_slug_"),
    ],
)
def test_a_product_that_cannot_be_is_refused(column: str, value: Any, constraint: str) -> None:
    ProductFactory.create(slug="taken")
    product = ProductFactory.create()
    with pytest.raises(IntegrityError, match=constraint):
        Product.objects.filter(pk=product.pk).update(**{column: value})


@pytest.mark.parametrize(("column", "value"), [("name", " "), ("slug", "a b")])
def test_a_category_that_cannot_be_is_refused(column: str, value: str) -> None:
    with pytest.raises(IntegrityError, match=f"catalog_category_{column}"):
        CategoryFactory.create(**{column: value})


def test_a_category_in_use_stays() -> None:
    with pytest.raises(ProtectedError):
        ProductFactory.create().category.delete()


@pytest.mark.parametrize(
    ("order", "index"),
    [
        (("-created_at", "-pk"), "catalog_product_newest"),
        (("price", "pk"), "catalog_product_price"),
        (("name", "pk"), "catalog_product_name"),
    ],
)
def test_each_order_of_the_list_walks_an_index(order: tuple[str, str], index: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    assert index in Product.objects.order_by(*order)[:20].explain()


def test_a_search_by_name_uses_the_trigram_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    assert (
        "catalog_product_name_search" in Product.objects.filter(name__icontains="lamp").order_by().explain()
    )
