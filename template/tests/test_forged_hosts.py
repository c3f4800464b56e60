"""A host that is not ours is refused, however it is put; real requests to a real server, byte by byte."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import PRODUCTION, SECONDS, gunicorn

SERVERS = {
    "wsgi": ["config.wsgi:application"],
    "asgi": ["-k", "uvicorn_worker.UvicornWorker", "config.asgi:application"],
}
FORGED = [
    "attacker.example",
    "attacker.example:443",
    "attacker.example.",
    "ATTACKER.EXAMPLE",
    "localhost.attacker.example",
    "attacker-localhost",
    "attacker.localhost",
    "localhost..",
    "localhost@attacker.example",
    "localhost:80@attacker.example",
    "attacker.example#localhost",
    "attacker.example/localhost",
    "attacker.example?localhost",
    "attacker.example\\@localhost",
    "localhost attacker.example",
    "localhost,attacker.example",
    "localhost:80:80",
    "localhost:http",
    "127.0.0.1",
    "[::1]",
    "2130706433",
    "0x7f000001",
    "xn--loclhost-0za",
    "l\xf6calhost",
    "localhost\x00attacker.example",
    "",
]
IGNORED = [
    "X-Forwarded-Host: attacker.example",
    "X-Forwarded-Server: attacker.example",
    "X-Host: attacker.example",
    "X-Original-Host: attacker.example",
    "X-HTTP-Host-Override: attacker.example",
    "Forwarded: host=attacker.example",
    "X-Forwarded-Port: 4443",
]
"""Headers that some frameworks believe."""


def sent(port: int, *lines: str) -> tuple[int, str]:
    """Send these lines and the end of the headers; return the status and the whole answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as connection:
        end = ("X-Forwarded-Proto: https", "Connection: close", "", "")
        connection.sendall("\r\n".join((*lines, *end)).encode("latin-1"))
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    return int(answer.split()[1]), answer


@pytest.fixture(scope="module", params=SERVERS, name="port")
def fixture_port(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, static_root: Path
) -> Iterator[int]:
    log = tmp_path_factory.mktemp("hosts") / "log"
    variables = PRODUCTION | {"STATIC_ROOT": str(static_root)}
    with gunicorn(log, *SERVERS[request.param], **variables) as (_, port):
        yield port


def test_ours_is_answered(port: int) -> None:
    for host in ("localhost", "localhost:8000", "LOCALHOST"):
        assert sent(port, "GET / HTTP/1.1", f"Host: {host}")[0] == 200


@pytest.mark.parametrize("host", FORGED)
def test_another_is_refused(port: int, host: str) -> None:
    status, answer = sent(port, "GET /accounts/login/ HTTP/1.1", f"Host: {host}")
    assert status == 400
    assert "attacker" not in answer.lower()


def test_two_are_refused(port: int) -> None:
    for hosts in (("localhost", "attacker.example"), ("attacker.example", "localhost")):
        status, _ = sent(port, "GET / HTTP/1.1", *(f"Host: {host}" for host in hosts))
        assert status == 400


@pytest.mark.parametrize("authority", ["attacker.example", "localhost@attacker.example"])
def test_one_in_the_request_line_is_not_believed(port: int, authority: str) -> None:
    line = f"GET http://{authority}/accounts/login/ HTTP/1.1"
    assert sent(port, line, "Host: attacker.example")[0] == 400
    status, answer = sent(port, line, "Host: localhost")
    assert status < 500
    assert "attacker" not in answer


@pytest.mark.asvs("4.1.3")
@pytest.mark.parametrize("header", IGNORED)
def test_one_in_another_header_is_not_believed(port: int, header: str) -> None:
    status, answer = sent(port, "GET / HTTP/1.1", "Host: localhost", header)
    assert status == 200
    assert "curl https://localhost/" in answer  # the page says where it is
    assert "attacker" not in answer and "4443" not in answer
    _, answer = sent(port, "GET /admin HTTP/1.1", "Host: localhost", header)
    assert "attacker" not in answer and "4443" not in answer
    assert sent(port, "GET / HTTP/1.1", "Host: attacker.example", header)[0] == 400
    assert (
        sent(
            port, "GET / HTTP/1.1", "Host: attacker.example", header.replace("attacker.example", "localhost")
        )[0]
        == 400
    )
