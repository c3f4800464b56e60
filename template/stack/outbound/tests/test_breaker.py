"""A host that keeps failing is left alone, and nobody waits for it."""

import time
from collections.abc import Callable

import pytest
from pytest_django import Settings

from stack import outbound
from stack.outbound import breaker
from stack.outbound.tests.peers import Script, hangs, in_turn, peer, raw, says
from tests.processes import wait_until

IMPATIENT = 0.1
"""Seconds, for peers that hang."""


@pytest.mark.asvs("16.5.2")
@pytest.mark.parametrize("fault", [hangs, raw(), says("503 No")], ids=["hangs", "breaks off", "unwell"])
def test_it_opens_after_five_failures(fault: Script) -> None:
    with peer(fault) as server:
        for _ in range(5):
            _call(server.url, IMPATIENT if fault is hangs else 10)
        wait_until(lambda: len(server.heads) == 5)
        started = time.monotonic()
        for _ in range(20):
            with pytest.raises(outbound.CircuitOpen, match="127.0.0.1 failed 5 times in a row"):
                outbound.request("GET", server.url)
        assert time.monotonic() - started < 10
        assert len(server.heads) == 5


def test_further_tries_are_failures_too_and_end_when_it_opens() -> None:
    with peer(hangs) as server:
        with pytest.raises(outbound.CircuitOpen):
            outbound.Client(tries=50, read_seconds=IMPATIENT).request("GET", server.url)
        wait_until(lambda: len(server.heads) == 5)


def test_other_hosts_are_called_as_ever() -> None:
    with peer(raw()) as broken, peer(says("200 OK")) as well:
        for _ in range(5):
            _call(broken.url)
        assert outbound.request("GET", well.url).status == 200


@pytest.mark.parametrize("status", ["200 OK", "404 Not Found", "500 Internal Server Error"])
def test_an_answer_ends_the_row(status: str) -> None:
    with peer(in_turn(*[raw()] * 4, says(status), *[raw()] * 4, says(status))) as server:
        for _ in range(10):
            _call(server.url)
        assert len(server.heads) == 10


@pytest.fixture(name="later")
def _later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Let the breaker's clock go on by so many seconds."""
    passed = [0.0]
    monkeypatch.setattr(breaker, "now", lambda: time.monotonic() + passed[0])

    def go_on(seconds: float) -> None:
        passed[0] += seconds

    return go_on


def test_after_a_pause_one_call_tries_and_closes_it(
    later: Callable[[float], None], settings: Settings
) -> None:
    with peer(in_turn(*[raw()] * 5, says("200 OK"))) as server:
        for _ in range(5):
            _call(server.url)
        later(settings.OUTBOUND_BREAKER_SECONDS)
        assert [outbound.request("GET", server.url).status for _ in range(3)] == [200] * 3


def test_one_that_fails_still_is_left_alone_for_as_long_again(
    later: Callable[[float], None], settings: Settings
) -> None:
    with peer(raw()) as server:
        for _ in range(5):
            _call(server.url)
        for tried in (6, 7):
            later(settings.OUTBOUND_BREAKER_SECONDS)
            _call(server.url)
            with pytest.raises(outbound.CircuitOpen):
                outbound.request("GET", server.url)
            assert len(server.heads) == tried


def test_only_one_tries_while_the_others_fail_at_once(
    later: Callable[[float], None], settings: Settings
) -> None:
    host = ("slow.example.com", 443)
    for _ in range(5):
        breaker.failed(host)
    later(settings.OUTBOUND_BREAKER_SECONDS)
    breaker.ask(host)
    for _ in range(3):
        with pytest.raises(outbound.CircuitOpen):
            breaker.ask(host)


def test_hosts_that_users_name_do_not_fill_the_memory() -> None:
    for number in range(breaker.HOSTS_MAX + 50):
        breaker.failed((f"h{number}.example.com", 443))
    assert len(breaker._failing) == breaker.HOSTS_MAX  # pylint: disable=protected-access


def _call(url: str, seconds: float = 10) -> None:
    try:
        outbound.Client(tries=1, read_seconds=seconds).request("GET", url)
    except outbound.CircuitOpen:
        raise
    except outbound.Unreachable:
        pass
