"""Pages: every row once, in order, both ways, whatever happens meanwhile, at the same cost throughout."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.permissions import AllowAny
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from config.urls import (  # noqa: F401  # pylint: disable=unused-import
    handler400,
    handler403,
    handler404,
    handler500,
)
from stack.rest.pagination import KeysetPagination

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

ORDERS = [
    ("email",),
    ("-last_name", "email"),
    ("last_name", "-date_joined"),
    ("-date_joined", "-id"),
    ("id",),
    ("-pk",),
]


class PersonSerializer(serializers.ModelSerializer[User]):
    """Somebody."""

    class Meta:
        """The column shown."""

        model = User
        fields: ClassVar = ("email",)


class PeopleFilter(filters.FilterSet):  # type: ignore[misc]  # it has no types
    """Lets the caller choose the order."""

    ordering = filters.OrderingFilter(fields=("last_name", "email"))


class PeopleView(ListAPIView[User]):
    """Everybody, to anybody."""

    permission_classes = (AllowAny,)
    serializer_class = PersonSerializer
    filterset_class = PeopleFilter
    queryset = User.objects.order_by("email")


urlpatterns = [path("api/people/", PeopleView.as_view())]


@pytest.fixture
def people() -> list[User]:
    """Make 25 users of whom many have the same name and time."""
    times = [datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2, 3)]
    return [
        UserFactory.create(last_name=f"Name {number % 4}", date_joined=times[number % 3])
        for number in range(25)
    ]


def page(order: tuple[str, ...], query: str) -> dict[str, Any]:
    request = APIView().initialize_request(APIRequestFactory().get(f"/things/?{query}"))
    pages = KeysetPagination()
    rows = pages.paginate_queryset(User.objects.order_by(*order), request)
    data: dict[str, Any] = pages.get_paginated_response([row.pk for row in rows]).data
    return data


def pages(order: tuple[str, ...], query: str, *, towards: str = "next") -> Iterator[list[int]]:
    url: str | None = f"?{query}"
    while url:
        found = page(order, urlsplit(url).query)
        yield found["results"]
        url = found[towards]


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
@pytest.mark.usefixtures("people")
def test_each_row_comes_once_and_in_order(order: tuple[str, ...]) -> None:
    found = list(pages(order, "page_size=4"))
    assert [len(rows) for rows in found] == [4, 4, 4, 4, 4, 4, 1]
    flat = [pk for rows in found for pk in rows]
    last = "-pk" if order[-1].startswith("-") else "pk"
    assert flat == list(User.objects.order_by(*order, last).values_list("pk", flat=True))


@pytest.mark.usefixtures("people")
def test_a_column_that_is_named_a_thousand_times_counts_once() -> None:
    again = ("last_name", "-last_name") * 500
    assert list(pages(again, "page_size=10")) == list(pages(("last_name",), "page_size=10"))


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
@pytest.mark.usefixtures("people")
def test_the_way_back_is_the_way_there(order: tuple[str, ...]) -> None:
    there = list(pages(order, "page_size=5"))
    last = ""
    url: str | None = "?page_size=5"
    while url:
        last, url = urlsplit(url).query, page(order, urlsplit(url).query)["next"]
    assert list(pages(order, last, towards="previous")) == there[::-1]


def test_a_row_that_comes_or_goes_meanwhile_moves_no_other(people: list[User]) -> None:
    first = page(("email",), "page_size=10")
    User.objects.filter(pk=first["results"][0]).delete()
    UserFactory.create(email="aardvark@example.com")
    rest = [pk for rows in pages(("email",), urlsplit(first["next"]).query) for pk in rows]
    assert len(first["results"] + rest) == 25
    assert set(first["results"] + rest) == {person.pk for person in people}


@pytest.mark.usefixtures("people")
def test_a_page_is_one_query_without_count_or_offset() -> None:
    second = urlsplit(page(("email",), "page_size=5")["next"]).query
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page(("email",), second)
    (query,) = [query["sql"] for query in queries]
    assert "COUNT" not in query and "OFFSET" not in query


@pytest.mark.usefixtures("people")
def test_parameters_stay_in_the_links() -> None:
    link = page(("email",), "page_size=3&search=x")["next"]
    assert link.startswith("http://testserver/things/?")
    query = parse_qs(urlsplit(link).query)
    assert (query["page_size"], query["search"], len(query["cursor"])) == (["3"], ["x"], 1)


@pytest.mark.parametrize("size", ["0", "-1", "101", "1.5", "x", "", "9" * 5000, "\u0663", "1_0"])
def test_sizes_out_of_range_are_refused(client: Any, size: str) -> None:
    response = client.get("/api/people/", {"page_size": size})
    assert response.status_code == 400
    assert [error["field"] for error in response.json()["errors"]] == ["/page_size"]


@pytest.mark.parametrize("cursor", ["", "x", "\0", "a:b", "WyJhIl0:AAAA", "\U0001f600", "x" * 3000])
def test_forged_cursors_lead_nowhere(client: Any, cursor: str) -> None:
    response = client.get("/api/people/", {"cursor": cursor})
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.usefixtures("people")
def test_a_cursor_is_good_for_its_own_order_alone(client: Any) -> None:
    link = client.get("/api/people/", {"page_size": 5, "ordering": "last_name"}).json()["next"]
    assert client.get(link).status_code == 200
    assert client.get(link.replace("ordering=last_name", "ordering=email")).status_code == 404


def test_a_list_without_rows(client: Any) -> None:
    assert client.get("/api/people/").json() == {"next": None, "previous": None, "results": []}
