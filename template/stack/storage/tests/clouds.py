"""Small servers that speak what is used of the protocols of Google Cloud Storage and Azure Blob Storage."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, unquote, urlsplit


class Cloud(BaseHTTPRequestHandler):
    """Keeps the objects of one server, by their path."""

    protocol_version = "HTTP/1.1"
    objects: dict[str, bytes]

    def log_message(self, *args: object) -> None:  # noqa: D102  # pylint: disable=arguments-differ
        pass

    @property
    def path_only(self) -> str:
        """The path asked for."""
        return unquote(urlsplit(self.path).path)

    def read(self) -> bytes:
        """Give the request's body."""
        return self.rfile.read(int(self.headers["Content-Length"] or 0))

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Send an answer."""
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


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


class AzureBlobStorage(Cloud):
    """The REST API: put a block blob, read it by range, delete it."""

    def do_PUT(self) -> None:  # noqa: D102  # pylint: disable=invalid-name
        assert self.headers["x-ms-blob-type"] == "BlockBlob" and self.headers["Authorization"]
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


@contextmanager
def serving(cloud: type[Cloud]) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Serve an empty cloud.

    Yields:
        Its address, and the objects in it.
    """
    objects: dict[str, bytes] = {}
    handler = type(cloud.__name__, (cloud,), {"objects": objects})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", objects
        finally:
            server.shutdown()
