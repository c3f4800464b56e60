"""Pages: every row once, in order, both ways, whatever happens meanwhile, at the same cost throughout."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from apps.catalog.models import Product
from apps.catalog.tests.factories import CategoryFactory, ProductFactory
from stack.rest.pagination import KeysetPagination

pytestmark = pytest.mark.django_db

ORDERS = [("name",), ("-price", "name"), ("price", "-created_at"), ("-created_at", "-id"), ("id",), ("-pk",)]


@pytest.fixture
def products() -> list[Product]:
    """Make 25 products of which many have the same price and time."""
    category = CategoryFactory.create()
    times = [datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2, 3)]
    return [
        ProductFactory.create(category=category, price=number % 4, created_at=times[number % 3])
        for number in range(25)
    ]


def page(order: tuple[str, ...], query: str) -> dict[str, Any]:
    request = APIView().initialize_request(APIRequestFactory().get(f"/things/?{query}"))
    pages = KeysetPagination()
    rows = pages.paginate_queryset(Product.objects.order_by(*order), request)
    data: dict[str, Any] = pages.get_paginated_response([row.pk for row in rows]).data
    return data


def pages(order: tuple[str, ...], query: str, *, towards: str = "next") -> Iterator[list[int]]:
    url: str | None = f"?{query}"
    while url:
        found = page(order, urlsplit(url).query)
        yield found["results"]
        url = found[towards]


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
@pytest.mark.usefixtures("products")
def test_each_row_comes_once_and_in_order(order: tuple[str, ...]) -> None:
    found = list(pages(order, "page_size=4"))
    assert [len(rows) for rows in found] == [4, 4, 4, 4, 4, 4, 1]
    flat = [pk for rows in found for pk in rows]
    last = "-pk" if order[-1].startswith("-") else "pk"
    assert flat == list(Product.objects.order_by(*order, last).values_list("pk", flat=True))


@pytest.mark.usefixtures("products")
def test_a_column_that_is_named_a_thousand_times_counts_once() -> None:
    again = ("price", "-price") * 500
    assert list(pages(again, "page_size=10")) == list(pages(("price",), "page_size=10"))


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
@pytest.mark.usefixtures("products")
def test_the_way_back_is_the_way_there(order: tuple[str, ...]) -> None:
    there = list(pages(order, "page_size=5"))
    last = ""
    url: str | None = "?page_size=5"
    while url:
        last, url = urlsplit(url).query, page(order, urlsplit(url).query)["next"]
    assert list(pages(order, last, towards="previous")) == there[::-1]


def test_a_row_that_comes_or_goes_meanwhile_moves_no_other(products: list[Product]) -> None:
    first = page(("name",), "page_size=10")
    Product.objects.filter(pk=first["results"][0]).delete()
    ProductFactory.create(name="Aardvark", slug="aardvark")
    rest = [pk for rows in pages(("name",), urlsplit(first["next"]).query) for pk in rows]
    assert len(first["results"] + rest) == 25
    assert set(first["results"] + rest) == {product.pk for product in products}


@pytest.mark.usefixtures("products")
def test_a_page_is_one_query_without_count_or_offset() -> None:
    second = urlsplit(page(("name",), "page_size=5")["next"]).query
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page(("name",), second)
    (query,) = [query["sql"] for query in queries]
    assert "COUNT" not in query and "OFFSET" not in query


@pytest.mark.usefixtures("products")
def test_parameters_stay_in_the_links() -> None:
    link = page(("name",), "page_size=3&search=x")["next"]
    assert link.startswith("http://testserver/things/?")
    query = parse_qs(urlsplit(link).query)
    assert (query["page_size"], query["search"], len(query["cursor"])) == (["3"], ["x"], 1)


@pytest.mark.parametrize("size", ["0", "-1", "101", "1.5", "x", "", "9" * 5000, "\u0663", "1_0"])
def test_sizes_out_of_range_are_refused(client: Any, size: str) -> None:
    response = client.get("/api/v1/products/", {"page_size": size})
    assert response.status_code == 400
    assert [error["field"] for error in response.json()["errors"]] == ["/page_size"]


@pytest.mark.parametrize("cursor", ["", "x", "\0", "a:b", "WyJhIl0:AAAA", "\U0001f600", "x" * 3000])
def test_forged_cursors_lead_nowhere(client: Any, cursor: str) -> None:
    response = client.get("/api/v1/products/", {"cursor": cursor})
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.usefixtures("products")
def test_a_cursor_is_good_for_its_own_order_alone(client: Any) -> None:
    link = client.get("/api/v1/products/", {"page_size": 5, "ordering": "price"}).json()["next"]
    assert client.get(link).status_code == 200
    assert client.get(link.replace("ordering=price", "ordering=name")).status_code == 404


def test_a_list_without_rows(client: Any) -> None:
    assert client.get("/api/v1/products/").json() == {"next": None, "previous": None, "results": []}
