"""Redirects are followed, so many, each checked like the first; secrets stay with whom they are for."""

import pytest
from pytest_django import Settings

from stack import outbound
from stack.outbound.tests.conftest import Connected
from stack.outbound.tests.peers import in_turn, peer, says

SECRETS = {
    "Authorization": "Bearer s3cret",
    "Cookie": "session=s3cret",
    "Proxy-Authorization": "s3cret",
    "X-Api-Key": "s3cret",
}


@pytest.mark.parametrize(
    "status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"]
)
def test_they_are_followed_to_where_they_lead_from_there(status: str) -> None:
    with peer(in_turn(says(status, Location="../b?c=d"), says("200 OK", b"there"))) as server:
        answer = outbound.request("GET", f"{server.url}a/", headers=SECRETS)
        assert (answer.content, answer.url) == (b"there", f"{server.url}b?c=d")
        assert server.heads[1].startswith("GET /b?c=d HTTP/1.1\r\n")
        assert server.heads[1].count("s3cret") == len(SECRETS)  # it is still the same origin


@pytest.mark.asvs("1.3.6", "15.3.2")
@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/",
        "//10.0.0.1/",
        "http://[::ffff:10.0.0.1]/",
        "http://2852039166/",
        "file:///etc/passwd",
        "http://ada:pass@127.0.0.1/",
        "http://[",
        "http://caf\u00e9.example.com/",
    ],
)
def test_each_is_checked_like_the_first(connected: Connected, location: str) -> None:
    with peer(says("302 Found", Location=location)) as server:
        with pytest.raises(outbound.Refused):
            outbound.request("GET", server.url)
        assert (len(server.heads), connected) == (1, ["127.0.0.1"])


def test_from_https_to_http_is_refused_where_https_is_all_that_is_allowed(settings: Settings) -> None:
    with peer(in_turn(says("302 Found", Location="/next"), says("200 OK"))) as server:
        settings.OUTBOUND_SCHEMES = ["https"]
        with pytest.raises(outbound.Refused):
            outbound.request("GET", server.url)


def test_secrets_are_not_told_to_another_origin() -> None:
    with peer(says("200 OK", b"other")) as other, peer(says("302 Found", Location=other.url)) as server:
        headers = SECRETS | {"Accept": "text/plain"}
        assert outbound.request("GET", server.url, headers=headers).content == b"other"
        assert server.heads[0].count("s3cret") == len(SECRETS)
        assert "s3cret" not in other.heads[0]
        assert "Accept: text/plain" in other.heads[0]


@pytest.mark.asvs("15.3.2")
def test_there_is_an_end_to_them() -> None:
    with peer(says("302 Found", Location="/")) as server:
        with pytest.raises(outbound.TooManyRedirects):
            outbound.request("GET", server.url)
        assert len(server.heads) == 6


@pytest.mark.asvs("15.3.2")
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_what_was_sent_is_sent_nowhere_else(method: str) -> None:
    with peer(says("200 OK")) as other, peer(says("307 Temporary", Location=other.url)) as server:
        assert outbound.request(method, server.url, json={"card": 1}).status == 307
        assert not other.heads
