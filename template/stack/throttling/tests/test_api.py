"""Rates hold: counted in the real cache, for all processes together, even when requests come at once."""

import secrets
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.urls import path
from pytest_django.fixtures import Settings
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIClient
from rest_framework.views import APIView

from stack.throttling.rates import WriteThrottle

pytestmark = pytest.mark.urls(__name__)

NOON = 1_800_014_400.0
"""Seconds; a time at which a minute, an hour and a day begin."""


class Echo(APIView):
    """A view."""

    permission_classes = (AllowAny,)

    def get(self, request: Request) -> Response:
        """Read."""
        return Response({})

    def post(self, request: Request) -> Response:
        """Write."""
        return Response({})


ECHO, LOGIN = "/api/echo/", "/api/login/"
urlpatterns = [
    path("api/echo/", Echo.as_view(), name="echo"),
    path("api/login/", Echo.as_view(), name="login"),
]


class Caller:
    """Somebody at an address that no other test calls from."""

    def __init__(self, *, known: bool = False) -> None:
        """Choose the address, and an account if the caller is to have one."""
        self.address = uuid4().hex
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
def rates(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.THROTTLING = True
    settings.THROTTLE_RATES = {"anon": "4/min", "user": "6/min", "login": "2/min"}
    monkeypatch.setattr(WriteThrottle, "timer", staticmethod(lambda: NOON + 45))


@pytest.mark.proves("drf-throttling")
def test_writes_beyond_the_rate_are_refused_until_the_window_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    caller = Caller()
    assert caller.statuses(ECHO, 6) == [200, 200, 200, 200, 429, 429]
    refused = caller.send(ECHO)
    assert refused["Content-Type"] == "application/problem+json"
    assert refused["Retry-After"] == "15"
    monkeypatch.setattr(WriteThrottle, "timer", staticmethod(lambda: NOON + 60))
    assert caller.statuses(ECHO, 1) == [200]


def test_callers_are_counted_apart() -> None:
    assert Caller().statuses(ECHO, 4) == [200] * 4
    assert Caller().statuses(ECHO, 4) == [200] * 4


@pytest.mark.proves("drf-throttling")
def test_users_have_a_rate_of_their_own_from_wherever_they_call() -> None:
    caller = Caller(known=True)
    assert caller.statuses(ECHO, 3) == [200] * 3
    caller.address = uuid4().hex
    assert caller.statuses(ECHO, 4) == [200, 200, 200, 429]


@pytest.mark.proves("drf-throttling")
def test_a_scope_has_its_own_count_and_rate() -> None:
    caller = Caller()
    assert caller.statuses(LOGIN, 3) == [200, 200, 429]
    assert caller.statuses(ECHO, 1) == [200]


def test_reads_are_not_counted() -> None:
    caller = Caller()
    assert {caller.send(ECHO, "get").status_code for _ in range(10)} == {200}


@pytest.mark.proves("drf-throttling")
def test_a_forged_address_is_not_believed() -> None:
    caller = Caller()
    answers = [caller.send(LOGIN, headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in range(3)]
    assert answers == [200, 200, 429]


@pytest.mark.proves("drf-throttling")
def test_the_proxy_in_front_is_believed_once_it_is_named(settings: Settings) -> None:
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": 1}
    proxy, client = Caller(), uuid4().hex
    forged = [f"192.0.2.{number}, {client}" for number in range(3)]
    answers = [proxy.send(LOGIN, headers={"X-Forwarded-For": value}).status_code for value in forged]
    assert answers == [200, 200, 429]
    assert proxy.send(LOGIN, headers={"X-Forwarded-For": uuid4().hex}).status_code == 200


@pytest.mark.proves("drf-throttling")
def test_many_at_once_are_counted_one_by_one(settings: Settings) -> None:
    settings.THROTTLE_RATES = {"login": "10/min"}
    caller = Caller()
    with ThreadPoolExecutor(16) as threads:
        statuses = list(threads.map(lambda _: caller.send(LOGIN).status_code, range(64)))
    assert statuses.count(200) == 10


@pytest.mark.proves("drf-throttling")
def test_the_count_is_forgotten_in_time() -> None:
    caller = Caller()
    caller.send(ECHO)
    (key,) = cache.keys(f"*{caller.address}*")  # type: ignore[attr-defined]
    assert 0 < cache.ttl(key) <= 60  # type: ignore[attr-defined]
