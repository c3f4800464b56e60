"""Where a request ends is never in doubt: what a proxy could read otherwise is refused, by both servers."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import PRODUCTION, SECONDS, gunicorn

SERVERS = {
    "wsgi": ["config.wsgi:application"],
    "asgi": ["-k", "uvicorn_worker.UvicornWorker", "config.asgi:application"],
}
SECOND = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
"""What would be answered too, if it were taken for a request of its own."""
ENDED = f"0\r\n\r\n{SECOND}"
DOUBTFUL = {
    "a length, and chunks": ("Content-Length: 4\r\nTransfer-Encoding: chunked", ENDED),
    "chunks, and a length": (f"Transfer-Encoding: chunked\r\nContent-Length: {len(ENDED)}", ENDED),
    "two lengths": (f"Content-Length: 0\r\nContent-Length: {len(SECOND)}", SECOND),
    "two lengths in one": (f"Content-Length: 0, {len(SECOND)}", SECOND),
    "a length with a sign": ("Content-Length: +4", f"abcd{SECOND}"),
    "a negative length": ("Content-Length: -1", SECOND),
    "a hexadecimal length": ("Content-Length: 0x4", f"abcd{SECOND}"),
    "no chunks in the end": ("Transfer-Encoding: chunked, identity", ENDED),
    "other chunks": ("Transfer-Encoding: xchunked", ENDED),
    "a blank before the colon": ("Transfer-Encoding : chunked", ENDED),
    "a size that is none": ("Transfer-Encoding: chunked", f"0x0\r\n\r\n{SECOND}"),
    "a negative size": ("Transfer-Encoding: chunked", f"-1\r\n\r\n{SECOND}"),
}


@pytest.fixture(scope="module", params=SERVERS, name="port")
def fixture_port(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, static_root: Path
) -> Iterator[int]:
    log = tmp_path_factory.mktemp("framing") / "log"
    with gunicorn(log, *SERVERS[request.param], **PRODUCTION, STATIC_ROOT=str(static_root)) as (_, port):
        yield port


def answers(port: int, headers: str, body: str) -> list[int]:
    """Send one request and perhaps another, and return the statuses of all that is answered."""
    head = f"POST /api/v1/users/ HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\n{headers}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as connection:
        connection.sendall((head + body).encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    return [int(part.split()[0]) for part in answer.split("HTTP/1.1 ")[1:]]


def test_one_after_the_other_is_answered(port: int) -> None:
    assert answers(port, "Content-Type: application/json\r\nContent-Length: 2", f"[]{SECOND}")[1:] == [200]


@pytest.mark.asvs("4.2.1")
@pytest.mark.parametrize(("headers", "body"), DOUBTFUL.values(), ids=DOUBTFUL)
def test_what_is_in_doubt_is_refused_and_what_follows_is_no_request(
    port: int, headers: str, body: str
) -> None:
    found = answers(port, f"Content-Type: application/json\r\n{headers}", body)
    assert found and set(found) <= {400, 501}
