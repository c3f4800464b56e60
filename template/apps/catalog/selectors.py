"""What is read of the catalogue."""

from typing import Any, TypedDict

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet

from apps.catalog.models import Category, Product

CATEGORIES_TIMEOUT = 300
"""Seconds; bounds how long a list may be stale, should the word of a change not reach Redis."""
CATALOGUE_VERSION_KEY = "catalog:version"
"""Where the cache has the catalogue's version, a number that each change replaces."""


class CategoryRow(TypedDict):
    """A category, and how many of its products are on sale."""

    name: str
    slug: str
    products_on_sale: int


def product_list(*, for_staff: bool = False) -> QuerySet[Product]:
    """Return the products on sale, newest first; for staff, the others too."""
    return Product.objects.all() if for_staff else Product.objects.filter(is_active=True)


def product_rows(products: QuerySet[Product]) -> QuerySet[Product, Any]:
    """Return what the API shows of products, as named tuples: a third of what it takes to make models."""
    return products.values_list(
        "pk",
        "slug",
        "name",
        "description",
        "category__slug",
        "price",
        "stock",
        "is_active",
        "picture",
        "thumbnail",
        "created_at",
        named=True,
    )


def category_list() -> list[CategoryRow]:
    """Return the categories by name, from Redis while it has them.

    They are kept under the catalogue's present version, so that a list read just before a change can't be
    kept as if it were read after it.
    """
    version = cache.get(CATALOGUE_VERSION_KEY, 0)
    rows: list[CategoryRow] | None = cache.get("catalog:categories", version=version)
    if rows is None:
        rows = _category_list()
        cache.set("catalog:categories", rows, CATEGORIES_TIMEOUT, version=version)
    return rows


def _category_list() -> list[CategoryRow]:
    on_sale = Count("products", filter=Q(products__is_active=True))
    return list(
        Category.objects.annotate(products_on_sale=on_sale)
        .values("name", "slug", "products_on_sale")
        .order_by("name")
    )
