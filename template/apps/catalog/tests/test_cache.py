"""The list of categories, kept in a real Redis."""

from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django_redis import get_redis_connection  # type: ignore[import-untyped]
from pytest_django import DjangoAssertNumQueries, Settings

from apps.catalog import selectors
from apps.catalog.models import Category, Product
from apps.catalog.selectors import category_list
from apps.catalog.services import stock_take
from apps.catalog.tests.factories import CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_keys(settings: Settings) -> None:
    """Keep out of the way of tests that run at the same time."""
    settings.CACHES = {"default": settings.CACHES["default"] | {"KEY_PREFIX": uuid4().hex}}


@pytest.mark.proves("django-redis", "redis")
def test_the_list_is_read_once_and_lives_in_redis(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ProductFactory.create(category=CategoryFactory.create(name="Lamps", slug="lamps"))
    ProductFactory.create(category=Category.objects.get(), is_active=False)
    with django_assert_num_queries(1):
        first = client.get("/api/v1/categories/").json()
    with django_assert_num_queries(0):
        second = client.get("/api/v1/categories/").json()
    assert first == second == [{"name": "Lamps", "slug": "lamps", "products_on_sale": 1}]

    redis = get_redis_connection("default")
    (key,) = redis.keys(f"{cache.key_prefix}:*:catalog:categories")
    assert 0 < redis.ttl(key) <= 300


@pytest.mark.proves("django-redis")
def test_each_change_is_seen_once_it_is_committed(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    product = ProductFactory.create()
    for change in (
        lambda: ProductFactory.create(category=product.category),
        lambda: Product.objects.exclude(pk=product.pk).delete(),
        CategoryFactory.create,
    ):
        before = category_list()
        with transaction.atomic():
            change()
            assert category_list() == before, "what isn't committed may yet be undone"
        assert category_list() != before
    with transaction.atomic():
        stock_take({product.slug: 1})
    with django_assert_num_queries(0):
        category_list()


def test_a_list_that_was_read_before_a_change_is_not_kept_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A slow reader: between its query and its write to the cache, somebody else changes the catalogue."""
    read = selectors._category_list  # pylint: disable=protected-access

    def read_slowly() -> list[selectors.CategoryRow]:
        rows = read()
        CategoryFactory.create()
        return rows

    with monkeypatch.context() as patch:
        patch.setattr(selectors, "_category_list", read_slowly)
        assert category_list() == []
    assert len(category_list()) == 1
