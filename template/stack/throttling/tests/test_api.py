"""Rates hold: counted in a real Redis, for all processes together, even when requests come at once."""

import secrets
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv6Address
from threading import Barrier

import pytest
from django.contrib.auth import get_user_model
from django.urls import path
from django_redis import get_redis_connection  # type: ignore[import-untyped]
from pytest_django.fixtures import Settings
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIClient
from rest_framework.views import APIView

from stack.health.tests.outages import outage
from stack.rest.addresses import caller_network
from stack.throttling.rate import Rate, rate
from tests.processes import SECONDS, wait_until

pytestmark = pytest.mark.urls(__name__)


def an_address() -> str:
    """Return an address that no other test, nor another run, calls from."""
    return str(IPv6Address(0x20010DB8 << 96 | secrets.randbits(32) << 64 | secrets.randbits(64)))


class Echo(APIView):
    """A view."""

    permission_classes = (AllowAny,)

    def get(self, request: Request) -> Response:
        """Read."""
        return Response({})

    def post(self, request: Request) -> Response:
        """Write."""
        return Response({})


class Dear(Echo):
    """A view whose reads are dear."""

    throttle_reads = True


class Login(Echo):
    """A view with a rate of its own."""

    throttle_scope = "login"


ECHO, LOGIN, DEAR = "/api/echo/", "/api/login/", "/api/dear/"
urlpatterns = [
    path("api/echo/", Echo.as_view(), name="echo"),
    path("api/dear/", Dear.as_view(), name="dear"),
    path("api/login/", Login.as_view(), name="api-login"),
]


class Caller:
    """Somebody at an address that no other test calls from."""

    def __init__(self, *, known: bool = False) -> None:
        """Choose the address, and an account if the caller is to have one."""
        self.address = an_address()
        self.user = get_user_model()(pk=secrets.randbits(62)) if known else None

    def send(self, address: str, method: str = "post", headers: Mapping[str, str] | None = None) -> Response:
        """Send one request."""
        client = APIClient()
        if self.user:
            client.force_authenticate(self.user)
        response: Response = getattr(client, method)(address, headers=headers, REMOTE_ADDR=self.address)
        return response

    def statuses(self, address: str, times: int) -> list[int]:
        """Send some writes, and return how each was answered."""
        return [self.send(address).status_code for _ in range(times)]


@pytest.fixture(autouse=True)
def rates(settings: Settings) -> None:
    settings.THROTTLING = True
    settings.THROTTLE_RATES = {"anon": Rate(4, 600), "user": Rate(6, 600), "login": Rate(2, 600)}


@pytest.mark.asvs("2.4.1")
@pytest.mark.proves("drf-throttling")
def test_writes_beyond_the_rate_are_refused() -> None:
    caller = Caller()
    assert caller.statuses(ECHO, 6) == [200, 200, 200, 200, 429, 429]
    refused = caller.send(ECHO)
    assert refused["Content-Type"] == "application/problem+json"
    assert 500 < int(refused["Retry-After"]) <= 600


@pytest.mark.proves("drf-throttling")
def test_the_first_is_let_in_again_once_its_time_is_over(settings: Settings) -> None:
    settings.THROTTLE_RATES = {"anon": Rate(1, 2)}
    caller = Caller()
    assert caller.statuses(ECHO, 2) == [200, 429]
    assert 1 <= int(caller.send(ECHO)["Retry-After"]) <= 2
    assert wait_until(lambda: caller.send(ECHO).status_code == 200)
    assert caller.statuses(ECHO, 1) == [429]


@pytest.mark.proves("drf-throttling")
def test_addresses_of_one_network_count_as_one() -> None:
    caller = Caller()
    for _ in range(4):
        assert caller.send(ECHO).status_code == 200
        caller.address = str(IPv6Address(int(IPv6Address(caller.address)) ^ secrets.randbits(64)))
    assert caller.send(ECHO).status_code == 429
    caller.address = str(IPv6Address(int(IPv6Address(caller.address)) ^ 1 << 64))
    assert caller.send(ECHO).status_code == 200


def test_callers_are_counted_apart() -> None:
    assert Caller().statuses(ECHO, 4) == [200] * 4
    assert Caller().statuses(ECHO, 4) == [200] * 4


@pytest.mark.proves("drf-throttling")
def test_users_have_a_rate_of_their_own_from_wherever_they_call() -> None:
    caller = Caller(known=True)
    assert caller.statuses(ECHO, 3) == [200] * 3
    caller.address = an_address()
    assert caller.statuses(ECHO, 4) == [200, 200, 200, 429]


@pytest.mark.proves("drf-throttling")
def test_a_scope_has_its_own_count_and_rate() -> None:
    caller = Caller()
    assert caller.statuses(LOGIN, 3) == [200, 200, 429]
    assert caller.statuses(ECHO, 1) == [200]


def test_reads_are_not_counted() -> None:
    caller = Caller()
    assert {caller.send(ECHO, "get").status_code for _ in range(10)} == {200}


def test_reads_are_counted_where_they_are_dear() -> None:
    caller = Caller()
    assert [caller.send(DEAR, "get").status_code for _ in range(5)] == [200] * 4 + [429]


@pytest.mark.asvs("4.1.3", "15.3.4")
@pytest.mark.proves("drf-throttling")
def test_a_forged_address_is_not_believed() -> None:
    caller = Caller()
    answers = [caller.send(LOGIN, headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in range(3)]
    assert answers == [200, 200, 429]


@pytest.mark.asvs("15.3.4")
@pytest.mark.proves("drf-throttling")
def test_the_proxy_in_front_is_believed_once_it_is_named(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = 1
    proxy, client = Caller(), an_address()
    forged = [f"192.0.2.{number}, {client}" for number in range(3)]
    answers = [proxy.send(LOGIN, headers={"X-Forwarded-For": value}).status_code for value in forged]
    assert answers == [200, 200, 429]
    assert proxy.send(LOGIN, headers={"X-Forwarded-For": an_address()}).status_code == 200


@pytest.mark.asvs("2.4.1")
@pytest.mark.proves("drf-throttling")
def test_many_at_once_are_counted_one_by_one(settings: Settings) -> None:
    settings.THROTTLE_RATES = {"login": Rate(5, 600)}
    caller = Caller()
    together = Barrier(60)

    def send(_: int) -> int:
        together.wait(SECONDS)
        return caller.send(LOGIN).status_code

    with ThreadPoolExecutor(60) as threads:
        statuses = list(threads.map(send, range(60)))
    assert sorted(statuses) == [200] * 5 + [429] * 55


@pytest.mark.proves("drf-throttling")
def test_the_count_is_forgotten_in_time() -> None:
    caller = Caller()
    caller.send(ECHO)
    server = get_redis_connection("default")
    (key,) = server.keys(f"*{caller_network(caller.address)}*")
    assert 0 < server.ttl(key) <= 600


@pytest.mark.asvs("16.3.4", "16.5.2", "16.5.3")
@pytest.mark.proves("drf-throttling")
def test_without_redis_what_guards_passwords_is_refused_and_all_else_passes(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with outage("refuses") as port:
        location = {"LOCATION": f"redis://127.0.0.1:{port}/0"}
        settings.CACHES = {"default": settings.CACHES["default"] | location}
        caller = Caller()
        assert caller.statuses(LOGIN, 3) == [503] * 3
        assert caller.send(LOGIN)["Retry-After"] == "10"
        assert caller.statuses(ECHO, 9) == [200] * 9
        assert caller.send(ECHO, "get").status_code == 200
    assert "passes uncounted" in caplog.text


@pytest.mark.parametrize(
    ("text", "read"),
    [("10/min", Rate(10, 60)), ("5/15min", Rate(5, 900)), ("0/day", Rate(0, 86_400)), ("", None)],
)
def test_a_rate_is_read(monkeypatch: pytest.MonkeyPatch, text: str, read: Rate | None) -> None:
    monkeypatch.setenv("THROTTLE_ANON", text)
    assert rate("THROTTLE_ANON", "1/s") == read


@pytest.mark.parametrize("text", ["10", "ten/min", "10/minute", "10/0min", "-1/min", "10/min "])
def test_another_rate_stops_the_boot(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("THROTTLE_ANON", text)
    with pytest.raises(SystemExit, match="THROTTLE_ANON is"):
        rate("THROTTLE_ANON", "1/s")


def test_a_rate_of_none_lets_nobody_in(settings: Settings) -> None:
    settings.THROTTLE_RATES = {"anon": Rate(0, 60)}
    refused = Caller().send(ECHO)
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
