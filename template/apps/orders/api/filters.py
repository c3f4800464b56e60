"""How the list of orders is narrowed."""

from typing import ClassVar

from django_filters import rest_framework as filters

from apps.orders.models import Order


class OrderFilter(filters.FilterSet):  # type: ignore[misc]  # it has no types
    """By status."""

    class Meta:
        """The columns."""

        model = Order
        fields: ClassVar = ("status",)
