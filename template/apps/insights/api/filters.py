"""How the list of sales is narrowed."""

from typing import ClassVar

from django_filters import rest_framework as filters

from apps.insights.models import Sale


class SaleFilter(filters.FilterSet):  # type: ignore[misc]  # it has no types
    """Each parameter of the list; an unknown one, or a value that doesn't fit, is refused."""

    day_min = filters.DateFilter("day", "gte")
    day_max = filters.DateFilter("day", "lte")
    product = filters.CharFilter("product", max_length=120)

    class Meta:
        """The model."""

        model = Sale
        fields: ClassVar[list[str]] = []
