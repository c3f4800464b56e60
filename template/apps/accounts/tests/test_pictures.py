"""Profile pictures: uploaded, made small by a task, replaced and removed."""

from io import BytesIO
from pathlib import Path
from typing import IO, Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.accounts.services.pictures import user_picture_set, user_thumbnail_make
from apps.accounts.tests.conftest import Commit
from stack.images import ImageLimits, thumbnail_make
from stack.images.parsers import FORM_MAX
from tests.processes import wait_until

pytestmark = pytest.mark.django_db
PICTURE = "/api/v1/users/me/picture/"


def picture(size: tuple[int, int] = (640, 480), kind: str = "JPEG") -> SimpleUploadedFile:
    """Return a picture, under a name that hopes to be kept."""
    content = BytesIO()
    Image.new("RGB", size, "teal").save(content, kind)
    return SimpleUploadedFile("../../me.html", content.getvalue(), "image/jpeg")


def files(folder: Path) -> set[str]:
    """Return the stored files."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def upload(client: APIClient, file: object) -> Any:
    """Send a picture, and return the response."""
    return client.put(PICTURE, {"picture": file}, format="multipart")


@pytest.fixture(name="ada")
def _ada(api: APIClient, user: User) -> APIClient:
    api.force_authenticate(user)
    return api


@pytest.mark.proves("pillow")
def test_a_picture_is_made_small_and_replaces_the_one_before(
    ada: APIClient, user: User, media: Path, commit: Commit
) -> None:
    for _ in range(2):
        with commit():
            response = upload(ada, picture())
        assert (response.status_code, response.json()["thumbnail"]) == (200, None)
        user.refresh_from_db()
        assert files(media) == {user.picture.name, user.thumbnail.name}

    with Image.open(user.thumbnail.path) as thumbnail:
        assert (thumbnail.format, thumbnail.size) == ("WEBP", (256, 192))
    assert (
        ada.get("/api/v1/users/me/").json()["thumbnail"] == f"http://testserver/media/{user.thumbnail.name}"
    )
    assert "me.html" not in str(files(media))


def test_a_picture_is_removed(ada: APIClient, user: User, media: Path, commit: Commit) -> None:
    with commit():
        upload(ada, picture())
    with commit():
        assert ada.delete(PICTURE).status_code == 204

    user.refresh_from_db()
    assert (user.picture.name, user.thumbnail.name, files(media)) == ("", "", set())


@pytest.mark.proves("celery")
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("task_worker")
def test_a_worker_makes_the_thumbnail(ada: APIClient) -> None:
    upload(ada, picture())

    wait_until(User.objects.exclude(thumbnail="").exists, seconds=10)


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile(
            "me.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml"
        ),
        SimpleUploadedFile("me.png", b"no picture", "image/png"),
        SimpleUploadedFile("me.png", b"", "image/png"),
        SimpleUploadedFile("me.jpg", bytes(ImageLimits.size_max + 1), "image/jpeg"),
        picture(kind="GIF"),
        picture((5000, 4001), "PNG"),
        "no file",
    ],
)
def test_what_is_no_fit_picture_is_refused(ada: APIClient, user: User, media: Path, file: object) -> None:
    response = upload(ada, file)

    assert response.status_code in (400, 422)
    assert [error["field"] for error in response.json()["errors"]] == ["/picture"]
    user.refresh_from_db()
    assert (user.picture.name, files(media)) == ("", set())


def test_a_form_that_is_too_large_is_refused_unread(ada: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rest_framework.parsers.MultiPartParser.parse", lambda *_: pytest.fail("was read"))

    response = upload(ada, SimpleUploadedFile("me.jpg", bytes(ImageLimits.size_max + FORM_MAX)))

    assert response.status_code == 413


def test_a_picture_that_cannot_be_decoded_is_dropped(
    ada: APIClient, user: User, media: Path, commit: Commit, caplog: pytest.LogCaptureFixture
) -> None:
    content = picture().read()
    with commit():
        assert upload(ada, SimpleUploadedFile("me.jpg", content[: len(content) // 2])).status_code == 200

    user.refresh_from_db()
    assert (user.picture.name, files(media)) == ("", set())
    assert "can't be decoded" in caplog.text


def test_a_picture_that_is_replaced_meanwhile_gets_no_thumbnail_of_the_old_one(
    user: User, media: Path, commit: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    with commit():
        old = str(user_picture_set(user.pk, picture()).picture)

    def slowly(source: IO[bytes], size: tuple[int, int]) -> "ContentFile[bytes]":
        user_picture_set(user.pk, picture())
        return thumbnail_make(source, size)

    monkeypatch.setattr("apps.accounts.services.pictures.thumbnail_make", slowly)
    with commit():
        user_thumbnail_make(user.pk, old)

    user.refresh_from_db()
    assert (user.thumbnail.name, files(media)) == ("", {user.picture.name})


def test_a_late_or_second_task_changes_nothing(user: User, media: Path, commit: Commit) -> None:
    with commit():
        first = str(user_picture_set(user.pk, picture()).picture)
    with commit():
        second = str(user_picture_set(user.pk, picture()).picture)
    for name in (first, second, second):
        user_thumbnail_make(user.pk, name)

    user.refresh_from_db()
    assert files(media) == {second, user.thumbnail.name}
