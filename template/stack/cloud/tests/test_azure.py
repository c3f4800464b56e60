"""Azure Blob Storage, by its own client, against a server that speaks what is used of its protocol."""

import socket

import pytest

from stack.cloud.tests.server import Cloud, serving
from stack.storage.tests.files import CONTENT, HANGS, ROUND_TRIP, URL, django


class AzureBlobStorage(Cloud):
    """The REST API: put a block blob, read it by range, delete it."""

    def do_PUT(self) -> None:  # noqa: D102  # pylint: disable=invalid-name
        assert self.headers["x-ms-blob-type"] == "BlockBlob" and self.headers["Authorization"]
        assert self.headers["x-ms-blob-content-disposition"] == "attachment"
        self.objects[self.path_only] = self.read()
        self.answer(201, ETag='"1"', Last_Modified="Thu, 01 Jan 2026 00:00:00 GMT")

    def do_GET(self) -> None:  # noqa: D102  # pylint: disable=invalid-name
        content = self.objects.get(self.path_only)
        if content is None:
            self.answer(404, x_ms_error_code="BlobNotFound")
            return
        size = len(content)
        about = {
            "ETag": '"1"',
            "Last_Modified": "Thu, 01 Jan 2026 00:00:00 GMT",
            "x_ms_blob_type": "BlockBlob",
            "Content_Range": f"bytes 0-{size - 1}/{size}",
        }
        self.answer(200 if self.command == "HEAD" else 206, content, **about)

    do_HEAD = do_GET

    def do_DELETE(self) -> None:  # noqa: D102  # pylint: disable=invalid-name
        self.objects.pop(self.path_only)
        self.answer(202)


@pytest.mark.proves("django-storages", "azure-storage")
def test_azure_keeps_files_and_signs_their_addresses() -> None:
    with serving(AzureBlobStorage) as (address, objects):
        connection = (
            f"DefaultEndpointsProtocol=http;AccountName=shop;AccountKey=c2VjcmV0;BlobEndpoint={address}/shop;"
        )
        variables = {
            "STORAGE_BACKEND": "azure",
            "STORAGE_BUCKET": "media",
            "STORAGE_URL_SECONDS": "60",
            "AZURE_STORAGE_CONNECTION_STRING": connection,
        }
        name = django(ROUND_TRIP, **variables)
        assert objects == {f"/shop/media/{name}": CONTENT.encode()}
        url = django(URL, **variables)
        assert url.startswith(f"{address}/shop/media/products/lamp.txt?") and "&sig=" in url


def test_a_server_that_hangs_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as black_hole:
        address = f"http://127.0.0.1:{black_hole.getsockname()[1]}/shop"
        account = (
            f"DefaultEndpointsProtocol=http;AccountName=shop;AccountKey=c2VjcmV0;BlobEndpoint={address};"
        )
        spent = django(
            HANGS,
            STORAGE_BACKEND="azure",
            STORAGE_BUCKET="media",
            STORAGE_TIMEOUT_SECONDS="0.5",
            AZURE_STORAGE_CONNECTION_STRING=account,
        )
    assert [float(seconds) < 10 for seconds in spent.split()] == [True, True]
