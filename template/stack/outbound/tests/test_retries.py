"""What may help, is safe and can be done in time is tried again."""

import time
from email.utils import formatdate

import pytest

from stack import outbound
from stack.outbound import retries
from stack.outbound.tests.peers import Script, hangs, in_turn, peer, raw, says

unwell = says("503 Service Unavailable")
well = says("200 OK", b"well")
FAULTS: list[Script] = [
    unwell,
    says("429 Too Many Requests"),
    says("502 Bad Gateway"),
    says("504 Late"),
    raw(),
]


@pytest.mark.parametrize("fault", FAULTS, ids=["503", "429", "502", "504", "broken off"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
def test_a_call_that_is_idempotent_is_made_again(fault: Script, method: str) -> None:
    with peer(in_turn(fault, fault, well)) as server:
        assert outbound.request(method, server.url).status == 200
        assert len(server.heads) == 3


@pytest.mark.parametrize("method", ["POST", "PATCH", "post"])
def test_another_is_not(method: str) -> None:
    with peer(in_turn(unwell, well)) as server:
        assert outbound.request(method, server.url).status == 503
        assert len(server.heads) == 1
    with peer(in_turn(raw(), well)) as server:
        with pytest.raises(outbound.Unreachable):
            outbound.request(method, server.url)
        assert len(server.heads) == 1


def test_one_with_an_idempotency_key_is() -> None:
    with peer(in_turn(unwell, raw(), well)) as server:
        answer = outbound.request("POST", server.url, headers={"idempotency-key": "k1"}, json={"a": 1})
        assert answer.content == b"well"
        assert [head.count("idempotency-key: k1") for head in server.heads] == [1, 1, 1]


@pytest.mark.parametrize(
    "status", ["200 OK", "400 Bad Request", "404 Not Found", "500 Internal Server Error"]
)
def test_what_would_not_change_is_not_asked_again(status: str) -> None:
    with peer(says(status)) as server:
        assert outbound.request("GET", server.url).status == int(status[:3])
        assert len(server.heads) == 1


def test_there_is_an_end_to_tries() -> None:
    with peer(unwell) as server:
        assert outbound.Client(tries=2).request("GET", server.url).status == 503
        assert len(server.heads) == 2


def test_the_server_is_given_the_time_that_it_asks_for() -> None:
    fault = says("503 Service Unavailable", Retry_After="1")
    started = time.monotonic()
    with peer(in_turn(fault, well)) as server:
        assert outbound.request("GET", server.url).status == 200
    assert 1 <= time.monotonic() - started < 10


@pytest.mark.parametrize(
    "later", ["20", formatdate(time.time() + 3600, usegmt=True)], ids=["seconds", "date"]
)
def test_nobody_waits_for_what_comes_after_the_deadline(later: str) -> None:
    started = time.monotonic()
    with peer(says("503 Service Unavailable", Retry_After=later)) as server:
        assert outbound.Client(deadline_seconds=10).request("GET", server.url).status == 503
        assert len(server.heads) == 1
    assert time.monotonic() - started < 10


def test_all_tries_have_one_deadline() -> None:
    client = outbound.Client(read_seconds=0.3, deadline_seconds=0.8, tries=100)
    started = time.monotonic()
    with peer(hangs) as server, pytest.raises(outbound.TimedOut):
        client.request("GET", server.url)
    assert 0.6 <= time.monotonic() - started < 10


def test_pauses_double_up_to_a_bound_and_are_not_the_same_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "FIRST_SECONDS", 0.25)
    for made, longest in [(1, 0.25), (2, 0.5), (3, 1), (6, 8), (60, 8)]:
        pauses = [retries.back_off(made) for _ in range(200)]
        assert longest / 2 <= min(pauses) < max(pauses) <= longest
        assert len(set(pauses)) > 100
