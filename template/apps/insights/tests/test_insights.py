"""Sales as they follow from orders, here and over the stream."""

import os
from decimal import Decimal
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings
from rest_framework.test import APIClient

from apps.accounts.tests.factories import UserFactory
from apps.catalog.tests.factories import ProductFactory
from apps.insights import services
from apps.insights.models import OpenOrder, Sale
from apps.insights.services import UnknownOrder
from apps.orders.services import order_cancel, order_pay
from apps.orders.tests.factories import order_make
from stack.kafka.rebuild import rebuild
from stack.kafka.tests.upto import read_all
from stack.outbox.relay import Relay
from stack.outbox.routes import routes

COLUMNS = ("product", "orders", "pieces", "revenue", "paid")


def sales() -> list[tuple[object, ...]]:
    return sorted(Sale.objects.values_list(*COLUMNS))


@pytest.mark.django_db(transaction=True)
@pytest.mark.proves("kafka")
def test_sales_follow_orders_and_can_be_made_anew(settings: Settings) -> None:
    if not os.environ.get("KAFKA_BROKERS"):
        pytest.skip("no broker of Kafka's protocol here")
    settings.KAFKA_PREFIX = f"test-{uuid4().hex}."
    for slug in ("lamp", "desk"):
        ProductFactory.create(slug=slug, price=Decimal(10), stock=100)
    order_make(pieces={"lamp": 1, "desk": 2})
    order_pay(order_make(pieces={"lamp": 3}).pk)
    order_cancel(order_make(pieces={"desk": 5}).pk)
    relay = Relay(routes()["kafka"])
    relay.publish()
    relay.close()

    read_all("insights")
    expected = [
        ("desk", 1, 2, Decimal("20.00"), Decimal("0.00")),
        ("lamp", 2, 4, Decimal("40.00"), Decimal("30.00")),
    ]
    assert sales() == expected and OpenOrder.objects.count() == 1
    Sale.objects.update(pieces=0)
    rebuild("insights")
    assert sales() == []
    read_all("insights")
    assert sales() == expected and OpenOrder.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("close", [services.sale_settle, services.sale_withdraw])
def test_an_order_that_nobody_told_of_is_an_error(close: object) -> None:
    assert callable(close)
    with pytest.raises(UnknownOrder):
        close(uuid4())


@pytest.fixture(name="sale")
def _sale(db: None) -> Sale:
    assert db is None  # it is there
    return Sale.objects.create(
        day="2026-11-01", product="lamp", currency="EUR", orders=1, pieces=2, revenue=20
    )


def test_the_staff_sees_sales_and_nobody_else(sale: Sale) -> None:
    client = APIClient()
    assert client.get("/api/v1/sales/").status_code == 401
    client.force_authenticate(UserFactory.create())
    assert client.get("/api/v1/sales/").status_code == 403
    client.force_authenticate(UserFactory.create(is_staff=True))
    (shown,) = client.get("/api/v1/sales/?day_min=2026-11-01&product=lamp").json()["results"]
    assert shown == {
        "day": sale.day,
        "product": "lamp",
        "currency": "EUR",
        "orders": 1,
        "pieces": 2,
        "revenue": "20.00",
        "paid": "0.00",
    }
    assert client.get("/api/v1/sales/?day_max=2026-10-31").json()["results"] == []


def test_the_admin_only_looks(admin_client: Client, sale: Sale) -> None:
    assert "lamp" in admin_client.get(f"/{settings.ADMIN_PATH}insights/sale/").content.decode()
    assert admin_client.get(f"/{settings.ADMIN_PATH}insights/sale/add/").status_code == 403
    assert admin_client.post(f"/{settings.ADMIN_PATH}insights/sale/{sale.pk}/delete/").status_code == 403
