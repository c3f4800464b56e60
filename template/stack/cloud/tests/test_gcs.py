"""Google Cloud Storage, by its own client, against a server that speaks what is used of its protocol."""

import json
import socket
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from stack.cloud.tests.server import Cloud, serving
from stack.storage.tests.files import CONTENT, HANGS, ROUND_TRIP, URL, django


class GoogleCloudStorage(Cloud):
    """The JSON API: multipart upload, metadata, download, delete."""

    def describe(self, name: str) -> bytes:
        """Give an object's metadata."""
        return json.dumps({"name": name, "bucket": "shop", "size": str(len(self.objects[name]))}).encode()

    def do_POST(self) -> None:  # noqa: D102  # pylint: disable=invalid-name
        assert self.path_only == "/upload/storage/v1/b/shop/o"
        boundary = self.headers["Content-Type"].partition("boundary=")[2].strip("'\"").encode()
        metadata, content = (
            part.split(b"\r\n\r\n", 1)[1].removesuffix(b"\r\n")
            for part in self.read().split(b"--" + boundary)[1:3]
        )
        assert json.loads(metadata)["contentDisposition"] == "attachment"
        name = json.loads(metadata)["name"]
        self.objects[name] = content
        self.answer(200, self.describe(name), Content_Type="application/json")

    def do_GET(self) -> None:  # noqa: D102  # pylint: disable=invalid-name
        name = self.path_only.partition("/b/shop/o/")[2]
        if name not in self.objects:
            self.answer(404, b"{}", Content_Type="application/json")
        elif parse_qs(urlsplit(self.path).query).get("alt") == ["media"]:
            self.answer(200, self.objects[name])
        else:
            self.answer(200, self.describe(name), Content_Type="application/json")

    def do_DELETE(self) -> None:  # noqa: D102  # pylint: disable=invalid-name
        self.objects.pop(self.path_only.partition("/b/shop/o/")[2])
        self.answer(204)


@pytest.mark.proves("django-storages", "gcs")
def test_google_cloud_storage_keeps_files() -> None:
    with serving(GoogleCloudStorage) as (address, objects):
        variables = {"STORAGE_EMULATOR_HOST": address, "GOOGLE_CLOUD_PROJECT": "shop"}
        name = django(ROUND_TRIP, STORAGE_BACKEND="gcs", STORAGE_BUCKET="shop", **variables)
        assert objects == {name: CONTENT.encode()}


def test_google_cloud_storage_signs_addresses(tmp_path: Path) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    account = {
        "type": "service_account",
        "project_id": "shop",
        "client_email": "shop@shop.iam.gserviceaccount.com",
        "private_key": key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
        "token_uri": "https://oauth2.googleapis.com/token",
    }
    (tmp_path / "account.json").write_text(json.dumps(account))
    url = django(
        URL,
        STORAGE_BACKEND="gcs",
        STORAGE_BUCKET="shop",
        STORAGE_URL_SECONDS="60",
        GOOGLE_APPLICATION_CREDENTIALS=str(tmp_path / "account.json"),
    )
    assert url.startswith("https://storage.googleapis.com/shop/products/lamp.txt?")
    assert "X-Goog-Signature=" in url and "X-Goog-Expires=60" in url


def test_a_server_that_hangs_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as black_hole:
        spent = django(
            HANGS,
            STORAGE_BACKEND="gcs",
            STORAGE_BUCKET="shop",
            STORAGE_TIMEOUT_SECONDS="0.5",
            STORAGE_EMULATOR_HOST=f"http://127.0.0.1:{black_hole.getsockname()[1]}",
            GOOGLE_CLOUD_PROJECT="shop",
        )
    assert [float(seconds) < 5 for seconds in spent.split()] == [True, True]
