"""Pages that stay cheap however deep they are."""

from typing import TYPE_CHECKING, Any

from django.core.signing import BadSignature, Signer
from django.db.models import Q, QuerySet
from rest_framework import exceptions
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.utils.urls import replace_query_param

if TYPE_CHECKING:  # the framework's views import this module
    from rest_framework.views import APIView

MAX_PAGE_SIZE = 100
SIGNER = Signer(salt="stack.rest.pagination")


class KeysetPagination(BasePagination):
    """Pages by the sort key of their last row: no count, no offset, nothing skipped or shown twice.

    The order is the query set's own, of plain columns without NULLs; the primary key is added where it is
    needed to make it total. A cursor holds a direction, an order, and the key to go on from. It is signed,
    so that its values need no further check.
    """

    request: Request
    order: list[str]
    rows: list[Any]
    has_next: bool
    has_previous: bool

    def paginate_queryset(  # type: ignore[override]  # lists have no order to ask for
        self, queryset: QuerySet[Any], request: Request, view: "APIView | None" = None
    ) -> list[Any]:
        """Return the rows of the page that the request asks for.

        Raises:
            ValidationError: When ``page_size`` is out of range.
            NotFound: When the cursor isn't one of ours, or belongs to another order.
        """
        self.request = request
        self.order = _total_order(queryset)
        size = _page_size(request)
        backwards, key = self._read_cursor()
        order = [_reverse(column) for column in self.order] if backwards else self.order
        queryset = queryset.order_by(*order)
        if key:
            queryset = queryset.filter(_after(order, key))
        rows = list(queryset[: size + 1])
        more = len(rows) > size
        self.rows = rows[size - 1 :: -1] if backwards else rows[:size]
        self.has_next = backwards or more
        self.has_previous = more if backwards else bool(key)
        return self.rows

    def get_paginated_response(self, data: Any) -> Response:
        """Wrap the rows of a page with the links to its neighbours."""
        return Response(
            {
                "next": self._link(False, self.rows[-1]) if self.rows and self.has_next else None,
                "previous": self._link(True, self.rows[0]) if self.rows and self.has_previous else None,
                "results": data,
            }
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe a page of what ``schema`` describes."""
        link = {"type": "string", "format": "uri", "nullable": True}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }

    def get_schema_operation_parameters(self, view: "APIView") -> list[dict[str, Any]]:
        """Describe the parameters that choose a page."""
        size = {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": api_settings.PAGE_SIZE}
        return [
            {
                "name": "cursor",
                "in": "query",
                "required": False,
                "description": "Where the page begins: take it from `next` or `previous` of another page.",
                "schema": {"type": "string"},
            },
            {
                "name": "page_size",
                "in": "query",
                "required": False,
                "description": "How many results a page has.",
                "schema": size,
            },
        ]

    def _read_cursor(self) -> tuple[bool, list[Any]]:
        cursor = self.request.query_params.get("cursor")
        if cursor is None:
            return False, []
        try:
            backwards, order, key = SIGNER.unsign_object(cursor)
        except BadSignature as error:
            raise exceptions.NotFound("There is no such page: the cursor is not one of ours.") from error
        if order != self.order:
            raise exceptions.NotFound("There is no such page: the cursor belongs to another order.")
        return backwards, key

    def _link(self, backwards: bool, row: Any) -> str:
        key = [getattr(row, column.removeprefix("-")) for column in self.order]
        cursor = SIGNER.sign_object([backwards, self.order, [str(value) for value in key]])
        return replace_query_param(self.request.build_absolute_uri(), "cursor", cursor)


def _page_size(request: Request) -> int:
    text = request.query_params.get("page_size")
    if text is None:
        assert api_settings.PAGE_SIZE is not None
        return api_settings.PAGE_SIZE
    if len(text) <= 3 and text.isascii() and text.isdecimal() and 1 <= int(text) <= MAX_PAGE_SIZE:
        return int(text)
    raise exceptions.ValidationError({"page_size": f"Give a number from 1 to {MAX_PAGE_SIZE}."})


def _total_order(queryset: QuerySet[Any]) -> list[str]:
    """Return the query set's order, made total by the primary key, in the direction of the last column.

    A column that comes again sorts nothing, but would nest the condition deeper: as deep as a caller likes.
    """
    meta = queryset.model._meta
    columns: dict[str, str] = {}
    for column in queryset.query.order_by or meta.ordering or ():
        columns.setdefault(str(column).removeprefix("-"), str(column))
    order = list(columns.values())
    if not any(name == "pk" or meta.get_field(name).unique for name in columns):
        order.append("-pk" if order and order[-1].startswith("-") else "pk")
    return order


def _reverse(column: str) -> str:
    return column[1:] if column.startswith("-") else f"-{column}"


def _after(order: list[str], key: list[Any]) -> Q:
    """Return the condition for rows that come after the key.

    For the columns a, b it reads ``a >= x AND (a > x OR (a = x AND b > y))``; the first part is implied by
    the second, but PostgreSQL only begins a walk of the index there when it is told so.
    """
    condition = Q()
    for column, value in reversed(list(zip(order, key, strict=True))):
        name, than = column.removeprefix("-"), "lt" if column.startswith("-") else "gt"
        beyond = Q(**{f"{name}__{than}": value})
        condition = beyond | (Q(**{name: value}) & condition) if condition else beyond
        if column == order[0] and len(order) > 1:
            condition = Q(**{f"{name}__{than}e": value}) & condition
    return condition
