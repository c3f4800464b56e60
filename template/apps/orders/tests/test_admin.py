"""Orders in the admin."""

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.catalog.tests.factories import ProductFactory
from apps.orders.tests.factories import order_make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_takes_the_same_queries_for_one_and_for_twenty(
    admin_client: Client, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    for _ in range(rows):
        order_make()
    with django_assert_num_queries(5):  # session, user, two counts, the rows
        page = admin_client.get(f"/{settings.ADMIN_PATH}orders/order/")
    assert page.content.count(b'/change/">') >= rows


@pytest.mark.parametrize("lines", [1, 20])
def test_an_order_takes_the_same_queries_for_one_line_and_for_twenty(
    admin_client: Client, django_assert_num_queries: DjangoAssertNumQueries, lines: int
) -> None:
    order = order_make(pieces={product.slug: 1 for product in ProductFactory.create_batch(lines)})
    address = f"/{settings.ADMIN_PATH}orders/order/{order.pk}/change/"
    admin_client.get(address)  # content types are asked for once a process
    with django_assert_num_queries(5):  # session, user, the order, its user, its lines
        assert admin_client.get(address).status_code == 200


def test_an_order_is_only_looked_at(admin_client: Client) -> None:
    address = f"/{settings.ADMIN_PATH}orders/order/{order_make().pk}"
    assert admin_client.get(f"/{settings.ADMIN_PATH}orders/order/add/").status_code == 403
    assert admin_client.post(f"{address}/change/", {"status": "paid"}).status_code == 403
    assert admin_client.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
