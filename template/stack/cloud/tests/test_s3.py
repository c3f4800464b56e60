"""S3, by boto3, against moto's server."""

import socket
import urllib.request

import boto3  # type: ignore[import-untyped]
import pytest
from moto.server import ThreadedMotoServer

from stack.storage.tests.files import CONTENT, HANGS, ROUND_TRIP, URL, django


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
            assert response.headers["Content-Disposition"] == "attachment"
        client.close()
    finally:
        server.stop()


def test_a_server_that_hangs_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as black_hole:
        spent = django(
            HANGS,
            STORAGE_BACKEND="s3",
            STORAGE_BUCKET="shop",
            STORAGE_TIMEOUT_SECONDS="0.5",
            AWS_ACCESS_KEY_ID="key",
            AWS_SECRET_ACCESS_KEY="secret",
            AWS_DEFAULT_REGION="eu-west-1",
            AWS_ENDPOINT_URL_S3=f"http://127.0.0.1:{black_hole.getsockname()[1]}",
        )
    assert [float(seconds) < 5 for seconds in spent.split()] == [True, True]
