"""Files go to the place that the environment names, through the real client of each cloud."""

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import boto3  # type: ignore[import-untyped]
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from moto.server import ThreadedMotoServer

from stack.storage.tests.clouds import AzureBlobStorage, GoogleCloudStorage, serving

CONTENT = "a lamp, in bytes"
ROUND_TRIP = f"""
import django; django.setup()
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage as storage
names = [storage.save("products/lamp.txt", ContentFile(b"{CONTENT}")) for _ in range(2)]
assert names[0] != names[1], "a second upload must not replace the first"
with storage.open(names[0]) as file:
    assert file.read() == b"{CONTENT}"
storage.delete(names[1])
assert not storage.exists(names[1]) and storage.exists(names[0])
print(names[0])
"""
URL = """
import django; django.setup()
from django.core.files.storage import default_storage
print(default_storage.url("products/lamp.txt"))
"""


def django(code: str, **variables: str) -> str:
    """Run code in the project, in an environment of these variables, and give the line it prints."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"} | variables
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.proves("filesystem-storage")
def test_the_file_system_keeps_files(tmp_path: Path) -> None:
    name = django(ROUND_TRIP, STORAGE_BACKEND="filesystem", MEDIA_ROOT=str(tmp_path))
    assert [path.name for path in tmp_path.rglob("*.txt")] == [Path(name).name]
    assert (tmp_path / name).read_text() == CONTENT


@pytest.mark.proves("django-storages", "s3")
def test_s3_keeps_files_and_signs_their_addresses() -> None:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        keys = {
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_DEFAULT_REGION": "eu-west-1",
        }
        variables = keys | {
            "STORAGE_BACKEND": "s3",
            "STORAGE_BUCKET": "shop",
            "STORAGE_URL_SECONDS": "60",
            "AWS_ENDPOINT_URL_S3": f"http://{host}:{port}",
        }
        client = boto3.client(
            "s3",
            endpoint_url=variables["AWS_ENDPOINT_URL_S3"],
            region_name="eu-west-1",
            aws_access_key_id="key",
            aws_secret_access_key="secret",
        )
        client.create_bucket(Bucket="shop", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
        name = django(ROUND_TRIP, **variables)
        assert [each["Key"] for each in client.list_objects_v2(Bucket="shop")["Contents"]] == [name]
        url = django(URL, **variables)
        assert "X-Amz-Signature=" in url and "X-Amz-Expires=60" in url
        with urllib.request.urlopen(url) as response:
            assert response.read().decode() == CONTENT
        client.close()
    finally:
        server.stop()


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


@pytest.mark.parametrize(
    ("variables", "line"),
    [
        (
            {"STORAGE_BACKEND": "ftp"},
            "STORAGE_BACKEND is 'ftp'; set it to one of: filesystem, s3, gcs, azure.",
        ),
        (
            {"STORAGE_BACKEND": "s3", "STORAGE_BUCKET": ""},
            "STORAGE_BUCKET is required with STORAGE_BACKEND=s3, but it is not set.",
        ),
    ],
)
def test_what_is_wrong_stops_the_start_with_one_line(variables: dict[str, str], line: str) -> None:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"} | variables
    done = subprocess.run(
        [sys.executable, "manage.py", "check"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr == line + "\n"
