"""Uploaded files are never sniffed, never run, and nothing else is served as one."""

from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.test import Client
from django.urls import path

from stack.storage.views import uploaded

pytestmark = pytest.mark.urls(__name__)


def view(request: HttpRequest, path: str) -> HttpResponseBase:
    return uploaded(request, path, settings.MEDIA_ROOT)


urlpatterns = [path("media/<path:path>", view)]


@pytest.mark.asvs("3.2.1", "5.3.1")
@pytest.mark.parametrize("name", ["page.html", "picture.svg", "lamp.png", "7f3a"])
def test_a_file_is_saved_and_not_run(client: Client, media: Path, name: str) -> None:
    media.mkdir()
    (media / name).write_bytes(b"<script>alert(1)</script>")
    response = client.get(f"/media/{name}")
    assert b"".join(response) == b"<script>alert(1)</script>"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == "attachment"
    assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"


@pytest.mark.asvs("1.1.1", "5.3.2", "13.4.3")
@pytest.mark.parametrize(
    "name",
    [
        "../secret",
        "..%2fsecret",
        "%2e%2e/secret",
        "..%252fsecret",
        "%252e%252e%252fsecret",
        "a/../../secret",
        "/etc/hosts",
        "secret%00.png",
        pytest.param(300 * "a", id="too-long"),
        "",
        ".",
    ],
)
def test_nothing_beside_the_folder_is_served(client: Client, media: Path, name: str) -> None:
    media.mkdir()
    (media.parent / "secret").write_text("secret")
    assert client.get(f"/media/{name}").status_code in (400, 404)
