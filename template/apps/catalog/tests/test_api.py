"""The catalogue over HTTP."""

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings
from rest_framework.test import APIClient

from apps.accounts.tests.factories import UserFactory
from apps.catalog.api.serializers import ProductSerializer
from apps.catalog.models import Product
from apps.catalog.tests.factories import CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db
PRODUCTS = "/api/v1/products/"


@pytest.fixture(name="staff")
def _staff() -> APIClient:
    """A client of somebody who may do anything to products, and nothing else."""
    user = UserFactory.create(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__model="product"))
    client = APIClient()
    client.force_authenticate(user)
    return client


def names(client: APIClient, **parameters: Any) -> list[str]:
    response = client.get(PRODUCTS, parameters)
    assert response.status_code == 200, response.content
    return [product["name"] for product in response.json()["results"]]


@pytest.mark.parametrize("products", [1, 20])
def test_the_list_takes_one_query(
    client: APIClient, django_assert_num_queries: DjangoAssertNumQueries, products: int
) -> None:
    ProductFactory.create_batch(products)
    with django_assert_num_queries(1):
        assert len(names(client)) == products


@pytest.mark.asvs("15.3.1")
def test_a_product_takes_one_query(
    client: APIClient, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    product = ProductFactory.create(picture="products/lamp.png", thumbnail="products/lamp.webp")
    with django_assert_num_queries(1):
        shown = client.get(f"{PRODUCTS}{product.slug}/").json()
    assert shown == {
        "slug": product.slug,
        "name": product.name,
        "description": product.description,
        "category": product.category.slug,
        "price": "19.90",
        "currency": "EUR",
        "stock": 10,
        "is_active": True,
        "picture": "http://testserver/media/products/lamp.png",
        "thumbnail": "http://testserver/media/products/lamp.webp",
        "created_at": product.created_at.isoformat().replace("+00:00", "Z"),
    }
    assert list(shown) == list(ProductSerializer().fields), "the schema is declared by the fields"


def test_what_is_not_on_sale_is_for_staff(client: APIClient, staff: APIClient) -> None:
    product = ProductFactory.create(is_active=False)
    assert (names(client), names(staff)) == ([], [product.name])
    assert client.get(f"{PRODUCTS}{product.slug}/").status_code == 404
    assert staff.get(f"{PRODUCTS}{product.slug}/").status_code == 200


def test_without_a_second_factor_that_is_required_staff_see_what_is_on_sale(
    staff: APIClient, settings: Settings
) -> None:
    settings.STAFF_SECOND_FACTOR = True
    product = ProductFactory.create(is_active=False)
    assert names(staff) == []
    assert staff.get(f"{PRODUCTS}{product.slug}/").status_code == 404
    assert (
        staff.patch(f"{PRODUCTS}{product.slug}/", {"price": "1.00"}).json()["code"]
        == "second_factor_required"
    )


def test_pages_show_each_product_once(client: APIClient) -> None:
    ProductFactory.create_batch(5, price=Decimal(1))
    address, seen = f"{PRODUCTS}?page_size=2&ordering=price", []
    while address:
        page = client.get(address).json()
        seen += [product["slug"] for product in page["results"]]
        address = page["next"]
    assert len(seen) == 5 and len(set(seen)) == 5


@pytest.mark.proves("django-filter")
@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({}, ["Brass lamp", "Desk lamp", "Oak shelf"]),
        ({"price_min": "20.00"}, ["Brass lamp", "Oak shelf"]),
        ({"price_min": "19.99000000000001"}, ["Brass lamp", "Oak shelf"]),
        ({"price_max": "20"}, ["Desk lamp"]),
        ({"price_min": "20", "price_max": "60"}, ["Brass lamp"]),
        ({"in_stock": "true"}, ["Brass lamp", "Oak shelf"]),
        ({"in_stock": "false"}, ["Desk lamp"]),
        ({"category": "shelves"}, ["Oak shelf"]),
        ({"category": "none"}, []),
        ({"search": "LAMP"}, ["Brass lamp", "Desk lamp"]),
        ({"search": "%"}, []),
        ({"ordering": "price"}, ["Desk lamp", "Brass lamp", "Oak shelf"]),
        ({"ordering": "-name"}, ["Oak shelf", "Desk lamp", "Brass lamp"]),
        ({"search": "lamp", "ordering": "-price"}, ["Brass lamp", "Desk lamp"]),
    ],
)
def test_the_list_is_filtered_and_ordered(
    client: APIClient, parameters: dict[str, str], found: list[str]
) -> None:
    ProductFactory.create(
        name="Oak shelf", price=Decimal(90), category=CategoryFactory.create(slug="shelves")
    )
    ProductFactory.create(name="Desk lamp", price=Decimal(20) - Decimal("0.01"), stock=0)
    ProductFactory.create(name="Brass lamp", price=Decimal(50))
    assert names(client, **parameters) == found


@pytest.mark.parametrize(
    "query",
    [
        "price_min=-1",
        "price_min=cheap",
        "price_max=1e400",
        "price_min=1e-20000",
        "price_max=1e-20000",
        "price_max=NaN",
        "in_stock=maybe",
        f"search={'x' * 101}",
        "search=%00",
        "ordering=stock",
        "colour=red",
        "page_size=0",
    ],
)
def test_a_bad_parameter_is_refused(client: APIClient, query: str) -> None:
    response = client.get(f"{PRODUCTS}?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["errors"][0]["field"] == "/" + query.partition("=")[0]


@pytest.mark.asvs("2.2.1")
@pytest.mark.parametrize(
    "price", ["1E+2", "1_0", " 5", "5\n", "+5", ".5", "5.", "-0", "000000001", "\u0661"], ids=ascii
)
def test_a_price_that_the_schema_has_no_place_for_is_refused(staff: APIClient, price: str) -> None:
    product = ProductFactory.create()
    refused = staff.patch(f"{PRODUCTS}{product.slug}/", {"price": price})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "/price")


@pytest.mark.asvs("2.2.1")
def test_a_slug_that_no_product_could_have_is_not_looked_for(staff: APIClient) -> None:
    product, other = ProductFactory.create_batch(2)
    with CaptureQueriesContext(connection) as asked:
        refused = staff.patch(f"{PRODUCTS}{product.slug}/", {"slug": 121 * "a"})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "max_length")
    assert not any(121 * "a" in query["sql"] for query in asked.captured_queries)
    assert staff.patch(f"{PRODUCTS}{product.slug}/", {"slug": other.slug}).status_code == 409


@pytest.mark.proves("drf")
def test_staff_create_change_and_delete(staff: APIClient) -> None:
    category = CategoryFactory.create()
    values = {"slug": "lamp", "name": "Lamp", "category": category.slug, "price": "12.50", "stock": 3}
    created = staff.post(PRODUCTS, values)
    assert created.status_code == 201
    assert created.json() == staff.get(f"{PRODUCTS}lamp/").json()
    assert created.json() | values == created.json()

    changed = staff.patch(f"{PRODUCTS}lamp/", {"price": "13.00"})
    assert (changed.status_code, changed.json()) == (200, created.json() | {"price": "13.00"})
    put = staff.put(f"{PRODUCTS}lamp/", values | {"name": "Small lamp", "is_active": False})
    assert (put.status_code, put.json()["name"], put.json()["is_active"]) == (200, "Small lamp", False)
    assert staff.delete(f"{PRODUCTS}lamp/").status_code == 204
    assert not Product.objects.exists()


@pytest.mark.asvs("8.2.1")
@pytest.mark.proves("permissions")
@pytest.mark.parametrize(("method", "codename"), [("post", "add"), ("patch", "change"), ("delete", "delete")])
def test_each_change_takes_its_own_permission(method: str, codename: str) -> None:
    product = ProductFactory.create()
    address = PRODUCTS if method == "post" else f"{PRODUCTS}{product.slug}/"
    client = APIClient()
    assert getattr(client, method)(address, {}).status_code == 401
    user = UserFactory.create()
    others = Permission.objects.filter(content_type__model="product").exclude(codename=f"{codename}_product")
    user.user_permissions.set(others)
    client.force_authenticate(user)
    assert getattr(client, method)(address, {}).status_code == 403
    user = UserFactory.create()
    user.user_permissions.add(Permission.objects.get(codename=f"{codename}_product"))
    client.force_authenticate(user)
    assert getattr(client, method)(address, {}).status_code in (200, 204, 400)


@pytest.mark.asvs("1.4.2", "2.2.1")
@pytest.mark.parametrize(
    "change",
    [
        {"price": "-0.01"},
        {"price": "1.001"},
        {"price": "100000000.00"},
        {"price": "NaN"},
        {"price": [1]},
        {"stock": -1},
        {"stock": 1_000_001},
        {"stock": 10**30},
        {"name": " "},
        {"name": "x" * 121},
        {"slug": "a b"},
        {"description": "x" * 5001},
        {"picture": "x.png"},
        {"id": 1},
    ],
)
def test_a_product_that_cannot_be_is_refused(staff: APIClient, change: dict[str, Any]) -> None:
    ProductFactory.create(slug="lamp")
    response = staff.patch(f"{PRODUCTS}lamp/", change)
    assert response.status_code == 400
    assert [error["field"] for error in response.json()["errors"]] == ["/" + name for name in change]


@pytest.mark.parametrize(("change", "status"), [({"slug": "taken"}, 409), ({"category": "none"}, 422)])
def test_a_product_at_odds_with_the_others_is_refused(
    staff: APIClient, change: dict[str, str], status: int
) -> None:
    ProductFactory.create(slug="taken")
    ProductFactory.create(slug="lamp")
    assert staff.patch(f"{PRODUCTS}lamp/", change).status_code == status
