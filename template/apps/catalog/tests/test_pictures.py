"""Pictures of products: uploaded, made small by a task, replaced, and gone with the product."""

from io import BytesIO
from pathlib import Path
from typing import IO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks
from rest_framework.test import APIClient

from apps.accounts.tests.factories import UserFactory
from apps.catalog import tasks
from apps.catalog.models import Product
from apps.catalog.services import product_delete, product_thumbnail_make, product_update
from apps.catalog.tests.factories import ProductFactory
from stack.images import ImageLimits, thumbnail_make
from stack.images.parsers import FORM_MAX
from tests.processes import wait_until

pytestmark = pytest.mark.django_db


@pytest.fixture(name="admin")
def _admin() -> APIClient:
    client = APIClient()
    client.force_authenticate(UserFactory.create(admin=True))
    return client


def picture(
    name: str = "lamp.png", kind: str = "PNG", size: tuple[int, int] = (640, 480)
) -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", size, "teal").save(content, kind)
    return SimpleUploadedFile(name, content.getvalue())


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def upload(client: APIClient, product: Product, file: SimpleUploadedFile) -> int:
    address = f"/api/v1/products/{product.slug}/picture/"
    return client.put(address, {"picture": file}, format="multipart").status_code


@pytest.mark.proves("filesystem-storage")
def test_an_upload_is_stored_and_made_small_and_replaces_the_one_before(
    admin: APIClient, media: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    product = ProductFactory.create()
    for _ in range(2):
        with django_capture_on_commit_callbacks() as callbacks:
            assert upload(admin, product, picture()) == 200
        for delete in callbacks[:-1]:  # the last sends the task; that is for the test below
            delete()
        assert product_thumbnail_make(product.pk)
        product.refresh_from_db()
        assert files(media) == {product.picture.name, product.thumbnail.name}
    with Image.open(product.thumbnail.path) as thumbnail:
        assert (thumbnail.format, thumbnail.size) == ("WEBP", (320, 240))
    shown = admin.get(f"/api/v1/products/{product.slug}/").json()
    assert shown["picture"] == f"http://testserver/media/{product.picture.name}"
    assert shown["thumbnail"] == f"http://testserver/media/{product.thumbnail.name}"


@pytest.mark.django_db(transaction=True)
@pytest.mark.proves("celery")
@pytest.mark.usefixtures("task_worker")
def test_a_worker_makes_the_thumbnail(admin: APIClient) -> None:
    product = ProductFactory.create()
    assert upload(admin, product, picture()) == 200
    wait_until(Product.objects.exclude(thumbnail="").exists, seconds=10)


@pytest.mark.asvs("5.2.2")
@pytest.mark.parametrize(
    "file",
    [
        picture("lamp.gif", "GIF"),
        picture("lamp.html"),
        picture("lamp.png", "GIF"),
        SimpleUploadedFile("lamp.png", b"<svg onload='alert(1)'/>"),
        SimpleUploadedFile("lamp.png", b""),
        SimpleUploadedFile("lamp.png", b"\x89PNG\r\n\x1a\n" + bytes(100)),
        SimpleUploadedFile("lamp.png", bytes(ImageLimits.size_max + 1)),
        picture(size=(6000, 4000)),
    ],
)
def test_what_is_no_such_picture_is_refused(admin: APIClient, media: Path, file: SimpleUploadedFile) -> None:
    assert upload(admin, ProductFactory.create(), file) in (400, 422)
    assert not files(media)


def test_a_form_that_is_too_large_is_refused_unread(admin: APIClient) -> None:
    file = SimpleUploadedFile("lamp.png", bytes(ImageLimits.size_max + FORM_MAX))
    assert upload(admin, ProductFactory.create(), file) == 413


def test_an_upload_must_be_multipart(admin: APIClient) -> None:
    address = f"/api/v1/products/{ProductFactory.create().slug}/picture/"
    assert admin.put(address, {"picture": "lamp.png"}).status_code == 415
    assert admin.put(address, {}, format="multipart").status_code == 400


@pytest.mark.asvs("5.3.2", "5.4.2")
def test_a_name_is_never_the_uploader_s(admin: APIClient, media: Path) -> None:
    product = ProductFactory.create()
    assert upload(admin, product, picture("../../etc/cron.d/lamp.PNG")) == 200
    (name,) = files(media)
    assert name.startswith(f"products/{product.slug}-") and name.endswith(".png") and "lamp" not in name


@pytest.mark.parametrize("part", [1, 2])
def test_a_picture_that_is_replaced_meanwhile_is_not_touched_by_the_task_of_the_old_one(
    media: Path, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    content = picture().read()
    half_or_whole = SimpleUploadedFile("lamp.png", content[: len(content) // part])  # half can't be decoded
    product = ProductFactory.create(picture=half_or_whole)

    def make_slowly(source: IO[bytes], size: tuple[int, int]) -> "ContentFile[bytes]":
        Product.objects.filter(pk=product.pk).update(picture="products/other.png")
        return thumbnail_make(source, size)

    monkeypatch.setattr("apps.catalog.services.thumbnail_make", make_slowly)
    assert not product_thumbnail_make(product.pk)
    assert files(media) == {product.picture.name}
    product.refresh_from_db()
    assert product.picture.name == "products/other.png"


def test_a_picture_that_cannot_be_decoded_is_dropped(
    media: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    whole = picture().read()
    product = ProductFactory.create(picture=SimpleUploadedFile("lamp.png", whole[: len(whole) // 2]))
    with django_capture_on_commit_callbacks(execute=True):
        assert not product_thumbnail_make(product.pk)
    product.refresh_from_db()
    assert not product.picture
    assert not files(media)


def test_a_file_that_is_gone_makes_no_thumbnail() -> None:
    product = ProductFactory.create(picture="products/gone.png")
    assert not product_thumbnail_make(product.pk)


def test_the_files_go_with_the_product_once_that_is_committed(
    media: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    product = ProductFactory.create(picture=picture())
    assert product_thumbnail_make(product.pk)
    product.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        product_delete(product)
        assert len(files(media)) == 2
    assert not files(media)


def test_a_cleared_picture_takes_its_thumbnail_along(
    media: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    product = ProductFactory.create(picture=picture())
    assert product_thumbnail_make(product.pk)
    with django_capture_on_commit_callbacks(execute=True):
        product_update(product, picture="")
    product.refresh_from_db()
    assert (product.picture.name, product.thumbnail.name, files(media)) == ("", "", set())


def test_a_thumbnail_is_a_short_task() -> None:
    assert tasks.product_thumbnail_make.backend == "short"
