"""Static files as production serves them: collected for real, by both kinds of server."""

import gzip
import http.client
import json
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest

from tests.processes import PRODUCTION, SECONDS, gunicorn

SERVERS = {"wsgi": ["config.wsgi"], "asgi": ["-k", "uvicorn_worker.UvicornWorker", "config.asgi"]}
FILE = "admin/css/base.css"
FOR_EVER = "max-age=315360000, public, immutable"
DECODERS = {"gzip": gzip.decompress, "br": brotli.decompress, None: bytes}


def fetch(port: int, path: str, encoding: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    headers = {"Host": "localhost", "X-Forwarded-Proto": "https", "Accept-Encoding": encoding}
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


@pytest.mark.asvs("13.4.3")
@pytest.mark.proves("whitenoise")
@pytest.mark.parametrize("server", SERVERS)
def test_hashed_files_are_compressed_and_kept_for_ever(
    static_root: Path, tmp_path: Path, server: str
) -> None:
    hashed = json.loads((static_root / "staticfiles.json").read_text())["paths"][FILE]
    original = (static_root / hashed).read_bytes()
    log = tmp_path / "log"
    with gunicorn(log, *SERVERS[server], **PRODUCTION, STATIC_ROOT=str(static_root)) as (_, port):
        for encoding, decode in DECODERS.items():
            response, body = fetch(port, f"/static/{hashed}", encoding or "identity")
            assert response.status == 200
            assert response.getheader("Content-Encoding") == encoding
            assert response.getheader("Cache-Control") == FOR_EVER
            assert response.getheader("Vary") == "Accept-Encoding"
            assert decode(body) == original
            assert len(body) < len(original) or not encoding
        unhashed, _ = fetch(port, f"/static/{FILE}", "identity")
        assert "immutable" not in (unhashed.getheader("Cache-Control") or "")
        for path in ("/static/none.css", "/static/", "/static/admin/", "/static/admin/css/"):
            assert fetch(port, path, "identity")[0].status == 404
    assert "Warning" not in log.read_text()
