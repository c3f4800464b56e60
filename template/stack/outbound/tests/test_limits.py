"""A peer that hangs, drips, breaks off or never ends holds nobody, and costs no more than was allowed."""

import gzip
import socket
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest

from stack import outbound
from stack.outbound import sockets
from stack.outbound.tests.peers import Script, authority, drips, hangs, peer, raw, says

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Assert that a block takes no longer."""
    started = time.monotonic()
    yield
    assert time.monotonic() - started < seconds


@pytest.mark.asvs("16.5.2")
def test_a_peer_that_hangs_is_given_up_after_the_read_time_out() -> None:
    client = outbound.Client(read_seconds=0.2, tries=1)
    with peer(hangs) as server, within(10), pytest.raises(outbound.TimedOut):
        client.request("GET", server.url)


def test_a_peer_that_does_not_take_what_is_sent_is_given_up_at_the_deadline() -> None:
    client = outbound.Client(deadline_seconds=0.5, tries=1)
    with peer(hangs) as server, within(10), pytest.raises(outbound.TimedOut):
        client.request("POST", server.url, body=b"x" * 50_000_000)


@pytest.mark.parametrize(
    "first",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nX-Slow: ",
        HEAD,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1000\r\n",
    ],
    ids=["status", "header", "body", "chunk"],
)
def test_a_peer_that_drips_is_given_up_at_the_deadline(first: bytes) -> None:
    client = outbound.Client(read_seconds=5, deadline_seconds=0.5, tries=1)
    with peer(drips(first)) as server, within(10), pytest.raises(outbound.TimedOut):
        client.request("GET", server.url)


def test_a_peer_that_does_not_accept_is_given_up_after_the_connect_time_out() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        port = listener.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):  # all that its queue holds
            client = outbound.Client(connect_seconds=0.3, tries=1)
            with within(10), pytest.raises(outbound.TimedOut):
                client.request("GET", f"http://127.0.0.1:{port}/")


def test_a_resolver_that_hangs_is_given_up_after_the_connect_time_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ended = Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: ended.wait() and [])
    client = outbound.Client(connect_seconds=0.3, tries=1)
    try:
        with within(10), pytest.raises(outbound.TimedOut):
            client.request("GET", "http://example.com/")
    finally:
        ended.set()


@pytest.mark.parametrize(
    "script",
    [
        raw(),
        raw(b"not HTTP at all\r\n\r\n"),
        raw(HEAD, b"half"),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n100\r\nhalf"),
        says("200 OK", b"not gzip", Content_Encoding="gzip"),
        raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000 + b"\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n"),
    ],
    ids=["nothing", "no HTTP", "half a body", "half a chunk", "no gzip", "headers", "header"],
)
def test_half_an_answer_is_none(script: Script) -> None:
    with peer(script) as server, pytest.raises(outbound.Unreachable):
        outbound.Client(tries=1).request("GET", server.url)


def test_a_server_that_is_not_there() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        with pytest.raises(outbound.Unreachable, match="ConnectionRefused"):
            outbound.request("GET", f"http://127.0.0.1:{nobody.getsockname()[1]}/")


ZEROS = b"\0" * 1_000_000
BOMB = gzip.compress(ZEROS * 100)
"""100 MB in 100 kB."""


@pytest.mark.asvs("15.2.2")
@pytest.mark.parametrize(
    "script",
    [
        says("200 OK", ZEROS),
        raw(b"HTTP/1.1 200 OK\r\n\r\n", *[ZEROS] * 100),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", *[b"f4240\r\n%b\r\n" % ZEROS] * 100),
        says("200 OK", BOMB, Content_Encoding="gzip"),
        raw(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n",
            b"%x\r\n%b\r\n0\r\n\r\n" % (len(BOMB), BOMB),
        ),
    ],
    ids=["long", "endless", "chunked", "gzip bomb", "chunked gzip bomb"],
)
def test_no_more_is_read_than_was_allowed(script: Script) -> None:
    with peer(script) as server:
        tracemalloc.start()
        with pytest.raises(outbound.TooLarge):
            outbound.Client(max_bytes=200_000).request("GET", server.url)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < 5_000_000


def test_as_much_as_was_allowed_is_read_and_unpacked() -> None:
    packed = gzip.compress(ZEROS)
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    whole = says("200 OK", packed, Content_Encoding="gzip")
    for script in (whole, raw(chunked, b"%x\r\n%b\r\n0\r\n\r\n" % (len(packed), packed))):
        with peer(script) as server:
            assert outbound.Client(max_bytes=len(ZEROS)).request("GET", server.url).content == ZEROS


@pytest.fixture(name="trusted")
def _trusted(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    sockets._tls.cache_clear()  # pylint: disable=protected-access
    yield monkeypatch
    sockets._tls.cache_clear()  # pylint: disable=protected-access


def test_https_and_its_limits(trusted: pytest.MonkeyPatch, tmp_path: Path) -> None:
    context, certificate = authority(tmp_path, "IP:127.0.0.1")
    trusted.setenv("SSL_CERT_FILE", str(certificate))
    with peer(says("200 OK", b"secret"), context) as server:
        assert outbound.request("GET", f"https://127.0.0.1:{server.port}/").content == b"secret"
    client = outbound.Client(read_seconds=5, deadline_seconds=0.5, tries=1)
    with peer(drips(HEAD), context) as server, within(10), pytest.raises(outbound.TimedOut):
        client.request("GET", f"https://127.0.0.1:{server.port}/")
    with peer(hangs, context) as server, within(10), pytest.raises(outbound.TimedOut):
        client.request("POST", f"https://127.0.0.1:{server.port}/", body=b"x" * 50_000_000)


def test_a_handshake_that_hangs_is_given_up_after_the_connect_time_out() -> None:
    client = outbound.Client(connect_seconds=0.3, tries=1)
    with socket.create_server(("127.0.0.1", 0)) as black_hole, within(10), pytest.raises(outbound.TimedOut):
        client.request("GET", f"https://127.0.0.1:{black_hole.getsockname()[1]}/")


@pytest.mark.asvs("12.3.2")
@pytest.mark.parametrize("host", ["DNS:other.example.com", None], ids=["another's", "nobody's"])
def test_a_certificate_must_be_the_host_s_and_be_trusted(
    trusted: pytest.MonkeyPatch, tmp_path: Path, host: str | None
) -> None:
    context, certificate = authority(tmp_path, host or "IP:127.0.0.1")
    if host:
        trusted.setenv("SSL_CERT_FILE", str(certificate))
    with peer(says("200 OK"), context) as server:
        with pytest.raises(outbound.Unreachable, match="SSLCertVerificationError"):
            outbound.Client(tries=1).request("GET", f"https://127.0.0.1:{server.port}/")
        assert not server.heads
