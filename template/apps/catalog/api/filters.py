"""How the list of products is narrowed and ordered."""

from typing import ClassVar

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from apps.catalog.models import Product

PRICE = {"min_value": 0, "max_value": 99_999_999, "decimal_places": 1_000}
"""PostgreSQL counts no more than 16,383 places, and a number that has more would be an error of ours."""


class ProductFilter(filters.FilterSet):  # type: ignore[misc]  # it has no types
    """Each parameter of the list; an unknown one, or a value that doesn't fit, is refused."""

    price_min = filters.NumberFilter("price", "gte", **PRICE)
    price_max = filters.NumberFilter("price", "lte", **PRICE)
    # A BooleanFilter would take anything that is neither true nor false for "not asked".
    in_stock = filters.ChoiceFilter(
        choices=(("true", "in stock"), ("false", "sold out")), method="filter_in_stock"
    )
    category = filters.CharFilter("category__slug", max_length=80)
    search = filters.CharFilter("name", "icontains", max_length=100, help_text="A part of the name.")
    ordering = filters.OrderingFilter(fields=("created_at", "name", "price"))

    class Meta:
        """The model."""

        model = Product
        fields: ClassVar[list[str]] = []

    def filter_in_stock(self, products: QuerySet[Product], _name: str, value: str) -> QuerySet[Product]:
        """Keep what can be bought now, or what can't."""
        return products.filter(stock__gt=0) if value == "true" else products.filter(stock=0)
