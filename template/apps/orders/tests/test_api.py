"""Orders over HTTP."""

from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries, Settings
from rest_framework.test import APIClient

from apps.accounts.tests.factories import UserFactory
from apps.catalog.tests.factories import ProductFactory
from apps.orders.models import Order
from apps.orders.tests.factories import order_make

pytestmark = pytest.mark.django_db
ORDERS = "/api/v1/orders/"


def client_of(user: Any) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


@pytest.fixture(name="user_client")
def _user_client() -> APIClient:
    return client_of(UserFactory.create())


def place(client: APIClient, body: Any, key: str = "1") -> Any:
    return client.post(ORDERS, body, headers={"Idempotency-Key": key})


def lines(**pieces: int) -> dict[str, Any]:
    return {"lines": [{"product": slug, "quantity": quantity} for slug, quantity in pieces.items()]}


@pytest.mark.asvs("15.3.1")
def test_an_order_is_placed_and_shown_again(user_client: APIClient) -> None:
    ProductFactory.create(name="Lamp", slug="lamp")
    first = place(user_client, lines(lamp=2))
    assert first.status_code == 201
    assert "Idempotency-Replayed" not in first
    order = first.json()
    assert order == {
        "id": str(Order.objects.get().pk),
        "status": "placed",
        "total": "39.80",
        "currency": "EUR",
        "placed_at": order["placed_at"],
        "paid_at": None,
        "closed_at": None,
        "lines": [{"product": "lamp", "name": "Lamp", "unit_price": "19.90", "quantity": 2}],
    }
    again = place(user_client, lines(lamp=2))
    assert (again.status_code, again["Idempotency-Replayed"], again.json()) == (200, "true", order)
    assert user_client.get(f"{ORDERS}{order['id']}/").json() == order
    assert user_client.get(ORDERS).json()["results"] == [order]


def test_scripts_of_other_origins_send_the_key_and_read_the_answer(
    user_client: APIClient, settings: Settings
) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example.com"]
    origin = {"Origin": "https://app.example.com"}
    allowed = user_client.options(ORDERS, headers=origin | {"Access-Control-Request-Method": "POST"})
    assert "idempotency-key" in allowed["Access-Control-Allow-Headers"].split(", ")
    listed = user_client.get(ORDERS, headers=origin)
    assert "idempotency-replayed" in listed["Access-Control-Expose-Headers"].split(", ")


def test_a_key_with_another_body_is_refused(user_client: APIClient) -> None:
    ProductFactory.create(slug="lamp")
    place(user_client, lines(lamp=1))
    refused = place(user_client, lines(lamp=2))
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency_key_reused")


@pytest.mark.parametrize("key", [None, "", "a b", "é", "x" * 256, "a\tb"])
def test_a_key_is_required_and_plain(user_client: APIClient, key: str | None) -> None:
    headers = {} if key is None else {"Idempotency-Key": key}
    refused = user_client.post(ORDERS, lines(lamp=1), headers=headers)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "/Idempotency-Key")


@pytest.mark.asvs("2.2.1", "2.3.2", "15.3.5")
@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ([], 400),
        ({"lines": []}, 400),
        ({"lines": {}}, 400),
        ({"lines": [1]}, 400),
        ({"lines": [{"product": "lamp"}]}, 400),
        ({"lines": [{"product": "lamp", "quantity": "two"}]}, 400),
        ({"lines": [{"product": "lamp", "quantity": 1.5}]}, 400),
        ({"lines": [{"product": "lamp", "quantity": True}]}, 400),
        ({"lines": [{"product": "lamp", "quantity": 1, "unit_price": "0.01"}]}, 400),
        ({"lines": [{"product": "lamp", "quantity": 1}] * 2}, 422),
        (lines(lamp=1) | {"total": "0.01"}, 400),
        (lines(lamp=0), 400),
        (lines(lamp=-1), 400),
        (lines(lamp=10**30), 400),
        (lines(**{f"p{number}": 1 for number in range(51)}), 400),
        (lines(**{"a/b": 1}), 400),
        (lines(lamp=1, chair=1), 422),
        (lines(lamp=11), 409),
    ],
)
def test_an_order_that_cannot_be_is_refused(user_client: APIClient, body: Any, status: int) -> None:
    product = ProductFactory.create(slug="lamp", stock=10)
    refused = place(user_client, body)
    assert refused.status_code == status, refused.content
    assert refused["Content-Type"] == "application/problem+json"
    product.refresh_from_db()
    assert (Order.objects.count(), product.stock) == (0, 10)


@pytest.mark.asvs("2.3.1")
def test_an_order_is_paid_once_and_then_not_cancelled() -> None:
    order = order_make()
    client = client_of(order.user)
    paid = client.post(f"{ORDERS}{order.pk}/pay/")
    assert (paid.status_code, paid.json()["status"]) == (200, "paid")
    for step in ("pay", "cancel"):
        refused = client.post(f"{ORDERS}{order.pk}/{step}/")
        assert (refused.status_code, refused.json()["code"]) == (409, "order_paid")


def test_an_order_is_cancelled() -> None:
    order = order_make()
    cancelled = client_of(order.user).post(f"{ORDERS}{order.pk}/cancel/")
    assert (cancelled.status_code, cancelled.json()["status"]) == (200, "cancelled")


@pytest.mark.asvs("8.2.2")
def test_others_orders_do_not_exist(user_client: APIClient) -> None:
    order = order_make()
    for pk in (order.pk, uuid4()):
        assert user_client.get(f"{ORDERS}{pk}/").status_code == 404
        assert user_client.post(f"{ORDERS}{pk}/pay/").status_code == 404
        assert user_client.post(f"{ORDERS}{pk}/cancel/").status_code == 404
    assert user_client.get(ORDERS).json()["results"] == []
    order.refresh_from_db()
    assert order.status == "placed"


def test_the_nameless_have_no_orders() -> None:
    for method, address in (("get", ""), ("post", ""), ("get", f"{uuid4()}/"), ("post", f"{uuid4()}/pay/")):
        assert getattr(APIClient(), method)(f"{ORDERS}{address}").status_code == 401


@pytest.mark.parametrize("orders", [1, 20])
def test_the_list_takes_two_queries(
    django_assert_num_queries: DjangoAssertNumQueries, orders: int, settings: Settings
) -> None:
    settings.ORDERS_UNPAID_MAX = 0
    user = UserFactory.create()
    for _ in range(orders):
        order_make(user, {product.slug: 1 for product in ProductFactory.create_batch(2)})
    client = client_of(user)
    with django_assert_num_queries(2):
        assert len(client.get(ORDERS).json()["results"]) == orders


def test_the_list_is_narrowed_by_status() -> None:
    order = order_make()
    client = client_of(order.user)
    assert len(client.get(f"{ORDERS}?status=placed").json()["results"]) == 1
    assert client.get(f"{ORDERS}?status=paid").json()["results"] == []
    assert client.get(f"{ORDERS}?status=lost").status_code == 400
