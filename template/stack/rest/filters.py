"""Filters that refuse what they don't know."""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django_filters import FilterSet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request

if TYPE_CHECKING:  # the framework's views import this module
    from rest_framework.views import APIView

PAGE_PARAMETERS = frozenset({"cursor", "page_size"})


class StrictFilterBackend(DjangoFilterBackend):  # type: ignore[misc]  # it has no types
    """Refuses unknown query parameters: a misspelt filter must not answer with everything.

    Without any parameter the filter set is not even made, which would take longer than the query.
    """

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: "APIView") -> QuerySet[Any]:
        """Filter by the view's filter set, if it has one."""
        asked = request.query_params.keys() - PAGE_PARAMETERS
        if not asked:
            return queryset
        filterset = self.get_filterset(request, queryset, view)
        if surplus := asked - (_parameters(filterset) if filterset else set()):
            detail = [ErrorDetail("There is no such parameter.", code="unknown")]
            raise ValidationError(dict.fromkeys(sorted(surplus), detail))
        filtered: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return filtered


def _parameters(filterset: FilterSet) -> set[str]:
    """Return the names that the filters read; a range reads two, with ``_min`` and ``_max`` added."""
    names = set()
    for name, field in filterset.form.fields.items():
        suffixes = getattr(field.widget, "suffixes", ())
        names |= {f"{name}_{suffix}" if suffix else name for suffix in suffixes} or {name}
    return names
