"""How the list of sales is narrowed."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django_filters import rest_framework as filters

from apps.insights.models import Sale


class GivenDateField(forms.DateField):
    """A date, if there is one: an empty text is none, and not the same as nothing."""

    def to_python(self, value: Any) -> date | None:
        """Return the date.

        Raises:
            ValidationError: It is none.
        """
        if value == "":
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        given: date | None = forms.DateField.to_python(self, value)
        return given


class GivenDateFilter(filters.DateFilter):  # type: ignore[misc]  # it has no types
    """A filter by such a date."""

    field_class = GivenDateField


class SaleFilter(filters.FilterSet):  # type: ignore[misc]  # it has no types
    """Each parameter of the list; an unknown one, or a value that doesn't fit, is refused."""

    day_min = GivenDateFilter("day", "gte")
    day_max = GivenDateFilter("day", "lte")
    product = filters.CharFilter("product", max_length=120)

    class Meta:
        """The model."""

        model = Sale
        fields: ClassVar[list[str]] = []
