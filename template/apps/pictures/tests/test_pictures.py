"""Profile pictures: uploaded, made small by a task, replaced, removed, and gone with their user."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from PIL import Image
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.pictures.models import Picture
from apps.pictures.services import picture_set, picture_thumbnail_make
from apps.pictures.tasks import picture_thumbnail_make as thumbnail_task
from stack.images import ImageLimits, thumbnail_make
from stack.images.parsers import FORM_MAX
from tests.commits import Commit

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/users/me/picture/"


def jpeg(size: tuple[int, int] = (640, 480), kind: str = "JPEG") -> SimpleUploadedFile:
    """Return a picture, under a name that hopes to be kept."""
    content = BytesIO()
    Image.new("RGB", size, "teal").save(content, kind)
    return SimpleUploadedFile("../../me.html", content.getvalue(), "image/jpeg")


def files(folder: Path) -> set[str]:
    """Return the stored files."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def put(client: APIClient, file: object) -> Any:
    """Send a picture, and return the response."""
    return client.put(ADDRESS, {"picture": file}, format="multipart")


@pytest.fixture(name="user")
def _user(db: None) -> User:  # pylint: disable=unused-argument
    return UserFactory.create()


@pytest.fixture(name="ada")
def _ada(user: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


@pytest.mark.asvs("5.3.2", "5.4.2")
@pytest.mark.proves("pillow")
def test_a_picture_is_made_small_and_replaces_the_one_before(
    ada: APIClient, media: Path, commit: Commit
) -> None:
    assert ada.get(ADDRESS).json() == {"thumbnail": None}
    for _ in range(2):
        with commit():
            response = put(ada, jpeg())
        assert (response.status_code, response.json()) == (200, {"thumbnail": None})
        picture = Picture.objects.get()
        assert files(media) == {picture.original.name, picture.thumbnail.name}

    with Image.open(picture.thumbnail.path) as thumbnail:
        assert (thumbnail.format, thumbnail.size) == ("WEBP", (256, 192))
    assert ada.get(ADDRESS).json() == {"thumbnail": f"http://testserver/media/{picture.thumbnail.name}"}
    assert "me.html" not in str(files(media))


@pytest.mark.django_db(transaction=True)
def test_of_uploads_at_one_moment_one_stays(user: User, media: Path) -> None:
    def upload(_: int) -> None:
        try:
            picture_set(user, jpeg())
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(upload, range(8)))

    assert files(media) == {Picture.objects.get().original.name}


def test_a_picture_is_removed(ada: APIClient, media: Path, commit: Commit) -> None:
    with commit():
        put(ada, jpeg())
    with commit():
        assert ada.delete(ADDRESS).status_code == 204

    assert (Picture.objects.count(), files(media)) == (0, set())


@pytest.mark.parametrize("several", [True, False])
def test_a_picture_goes_with_its_user(
    client: Client, user: User, media: Path, commit: Commit, several: bool
) -> None:
    client.force_login(UserFactory.create(admin=True))
    with commit():
        picture_thumbnail_make(picture_set(user, jpeg()).pk)
    assert len(files(media)) == 2
    name, arguments = ("changelist", []) if several else ("delete", [user.pk])
    form = {"post": "yes"} | ({"action": "delete_selected", "_selected_action": user.pk} if several else {})

    with commit():
        response = client.post(reverse(f"admin:accounts_user_{name}", args=arguments), form)
        assert (response.status_code, len(files(media))) == (302, 2)

    assert not User.objects.filter(pk=user.pk).exists()
    assert not files(media)


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_a_stranger_has_none(method: str) -> None:
    assert getattr(APIClient(), method)(ADDRESS).status_code == 401


@pytest.mark.asvs("1.3.4", "5.2.2")
@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile(
            "me.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml"
        ),
        SimpleUploadedFile("me.png", b"no picture", "image/png"),
        SimpleUploadedFile("me.png", b"", "image/png"),
        SimpleUploadedFile("me.jpg", bytes(ImageLimits.size_max + 1), "image/jpeg"),
        jpeg(kind="GIF"),
        jpeg((5000, 4001), "PNG"),
        "no file",
    ],
)
def test_what_is_no_fit_picture_is_refused(ada: APIClient, media: Path, file: object) -> None:
    response = put(ada, file)

    assert response.status_code in (400, 422)
    assert [error["field"] for error in response.json()["errors"]] == ["/picture"]
    assert (Picture.objects.count(), files(media)) == (0, set())


@pytest.mark.asvs("5.2.1")
def test_a_form_that_is_too_large_is_refused_unread(ada: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rest_framework.parsers.MultiPartParser.parse", lambda *_: pytest.fail("was read"))

    response = put(ada, SimpleUploadedFile("me.jpg", bytes(ImageLimits.size_max + FORM_MAX)))

    assert response.status_code == 413


def test_a_picture_that_cannot_be_decoded_is_dropped(
    ada: APIClient, media: Path, commit: Commit, caplog: pytest.LogCaptureFixture
) -> None:
    content = jpeg().read()
    with commit():
        assert put(ada, SimpleUploadedFile("me.jpg", content[: len(content) // 2])).status_code == 200

    assert (Picture.objects.count(), files(media)) == (0, set())
    assert "can't be decoded" in caplog.text


def test_a_picture_that_is_replaced_meanwhile_gets_no_thumbnail(
    user: User, media: Path, commit: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = picture_set(user, jpeg())

    def slowly(source: IO[bytes], size: tuple[int, int]) -> "ContentFile[bytes]":
        thumbnail = thumbnail_make(source, size)
        picture_set(user, jpeg())
        return thumbnail

    monkeypatch.setattr("apps.pictures.services.thumbnail_make", slowly)
    with commit():
        picture_thumbnail_make(old.pk)

    new = Picture.objects.get()
    assert (new.thumbnail.name, files(media)) == ("", {new.original.name})


def test_a_thumbnail_that_was_made_meanwhile_goes_with_its_picture(
    user: User, media: Path, commit: Commit
) -> None:
    stale = picture_set(user, jpeg())
    picture_thumbnail_make(stale.pk)

    with commit():
        stale.delete()

    assert (stale.thumbnail.name, files(media)) == ("", set())


def test_a_thumbnail_is_a_short_task() -> None:
    assert thumbnail_task.backend == "short"


def test_a_late_or_second_task_changes_nothing(user: User, media: Path, commit: Commit) -> None:
    with commit():
        first, second = picture_set(user, jpeg()).pk, picture_set(user, jpeg()).pk
    for picture_id in (first, second, second):
        picture_thumbnail_make(picture_id)

    picture = Picture.objects.get(pk=second)
    assert files(media) == {picture.original.name, picture.thumbnail.name}
