"""What is sent and what is given back, and what the log says of it."""

import logging
from ipaddress import ip_network

import pytest
from pytest_django import Settings

from stack import outbound
from stack.environment import PROJECT_SLUG
from stack.outbound.errors import OutboundError
from stack.outbound.tests.peers import Script, hangs, peer, raw, says


def test_what_was_asked_is_sent_and_what_was_answered_is_given_back() -> None:
    with peer(says("201 Created", b'{"id": 7}', X_Kind="invoice")) as server:
        answer = outbound.request(
            "POST", f"{server.url}pay?to=ada#now", headers={"X-A": "b"}, json={"sum": 1}
        )
        assert (answer.status, answer.json(), answer.headers["x-kind"]) == (201, {"id": 7}, "invoice")
        answer.raise_for_status()
        (head,) = server.heads
    lines = head.split("\r\n")
    assert lines[0] == "POST /pay?to=ada HTTP/1.1"
    assert {
        f"Host: 127.0.0.1:{server.port}",
        f"User-Agent: {PROJECT_SLUG}",
        "X-A: b",
        "Content-Type: application/json",
        "Content-Length: 9",
    } <= set(lines)


@pytest.mark.parametrize("name", ["user-agent", "content-type"])
def test_headers_that_are_given_are_not_given_twice(name: str) -> None:
    with peer(says("200 OK")) as server:
        outbound.request("POST", server.url, headers={name: "mine"}, json={})
        assert server.heads[0].lower().count(f"{name}: ") == 1
        assert f"{name}: mine" in server.heads[0].lower()


def test_a_header_can_not_be_smuggled_in() -> None:
    with peer(says("200 OK")) as server:
        with pytest.raises(ValueError, match="Invalid header value"):
            outbound.request("GET", server.url, headers={"X-A": "b\r\nX-Admin: yes"})
        assert not server.heads


@pytest.mark.parametrize("status", [199, 301, 404, 500, 999])
def test_a_status_that_is_no_success_can_be_taken_for_an_error(status: int) -> None:
    answer = outbound.Answer(status, {}, b"", "http://example.com/")
    with pytest.raises(outbound.BadAnswer, match=str(status)):
        answer.raise_for_status()


def test_a_body_that_is_no_json() -> None:
    with peer(says("200 OK", b"<html>")) as server:
        with pytest.raises(outbound.BadAnswer, match="no JSON"):
            outbound.request("GET", server.url).json()


def test_all_errors_are_of_one_class() -> None:
    names = set(outbound.__all__) - {"Answer", "Client", "request"}
    assert all(issubclass(getattr(outbound, name), OutboundError) for name in names)


SECRET = "token=s3cret"


@pytest.mark.asvs("16.2.5", "16.3.4")
@pytest.mark.parametrize(
    ("script", "outcome", "level"),
    [
        (says("200 OK", b"s3cret"), 200, logging.INFO),
        (hangs, "TimedOut", logging.WARNING),
        (raw(), "Unreachable", logging.WARNING),
        (raw(b"HTTP/1.1 200 OK\r\nno header\r\n\r\n"), 200, logging.INFO),
        (says("302 Found", Location=f"http://10.0.0.1/?{SECRET}"), "Refused", logging.WARNING),
        (says("200 OK", b"s3cret" * 99), "TooLarge", logging.WARNING),
    ],
    ids=["answered", "hangs", "breaks off", "bad header", "refused", "too large"],
)
def test_one_line_tells_of_a_call_and_no_secret(
    caplog: pytest.LogCaptureFixture, script: Script, outcome: int | str, level: int
) -> None:
    client = outbound.Client(read_seconds=0.1 if script is hangs else 10, max_bytes=100, tries=2)
    with caplog.at_level(logging.DEBUG), peer(script) as server:
        try:
            answer = client.request(
                "GET", f"{server.url}s3cret/?{SECRET}", headers={"Authorization": "s3cret"}
            )
            assert "s3cret" not in repr(answer)
        except OutboundError as error:
            assert "s3cret" not in str(error)
    (record,) = [record for record in caplog.records if record.name == "outbound"]
    assert (record.levelno, record.getMessage()) == (level, f"GET 127.0.0.1 {outcome}")
    about = vars(record)
    assert (about["method"], about["host"], about["outcome"]) == ("GET", "127.0.0.1", outcome)
    assert 0 < about["duration_ms"] < 20_000
    assert "s3cret" not in "".join(f"{vars(each)}" for each in caplog.records)


def test_a_url_that_is_none_is_told_of_too(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO), pytest.raises(outbound.Refused) as refused:
        outbound.request("GET", f"ftp://ada:s3cret@example.com/?{SECRET}")
    assert [record.getMessage() for record in caplog.records] == ["GET - Refused"]
    assert "s3cret" not in f"{refused.value}{caplog.text}"


def test_a_client_has_the_settings_limits_unless_it_is_told_others(settings: Settings) -> None:
    settings.OUTBOUND_TRIES = 7
    settings.OUTBOUND_ALLOWED_NETWORKS = [ip_network("127.0.0.1")]
    assert (outbound.Client().tries, outbound.Client(tries=2).tries) == (7, 2)
