"""The catalogue in the admin."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from apps.catalog.models import Product
from apps.catalog.services import stock_take
from apps.catalog.tests.factories import CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 20])
def test_the_lists_take_the_same_queries_for_one_and_for_twenty(
    admin_client: Client, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    ProductFactory.create_batch(rows, thumbnail="products/lamp.webp")
    with django_assert_num_queries(6):  # session, user, two counts, the rows, the filter's categories
        page = admin_client.get(f"/{settings.ADMIN_PATH}catalog/product/")
    assert page.content.count(b'src="/media/products/lamp.webp"') == rows
    with django_assert_num_queries(5):
        assert admin_client.get(f"/{settings.ADMIN_PATH}catalog/category/").status_code == 200


def test_a_form_that_was_open_for_long_does_not_bring_back_what_was_sold(admin_client: Client) -> None:
    product = ProductFactory.create(stock=10)
    address = f"/{settings.ADMIN_PATH}catalog/product/{product.pk}/change/"
    form = admin_client.get(address).context["adminform"].form
    values = {field.html_name: field.value() for field in form} | {form["stock"].html_initial_name: 10}
    stock_take({product.slug: 4})
    response = admin_client.post(address, values | {"name": "Small lamp", "picture": ""})
    assert response.status_code == 302, response.context["adminform"].errors
    assert Product.objects.values_list("name", "stock").get() == ("Small lamp", 6)


def test_a_product_is_added_and_found(admin_client: Client) -> None:
    category = CategoryFactory.create()
    values = {"name": "Lamp", "slug": "lamp", "category": category.pk, "price": "1.50", "stock": "1"}
    assert admin_client.post(f"/{settings.ADMIN_PATH}catalog/product/add/", values).status_code == 302
    assert b"Lamp" in admin_client.get(f"/{settings.ADMIN_PATH}catalog/product/?q=lam").content


@pytest.mark.parametrize("several", [True, False])
def test_the_picture_goes_with_the_product(
    admin_client: Client,
    media: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    several: bool,
) -> None:
    product = ProductFactory.create(picture=SimpleUploadedFile("lamp.png", b"a picture"))
    assert list(media.glob("products/*"))
    address = f"/{settings.ADMIN_PATH}catalog/product/" + ("" if several else f"{product.pk}/delete/")
    form = {"post": "yes"} | (
        {"action": "delete_selected", "_selected_action": product.pk} if several else {}
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert admin_client.post(address, form).status_code == 302
    assert not Product.objects.exists()
    assert not list(media.glob("products/*"))
