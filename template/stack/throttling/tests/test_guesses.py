"""Passwords can't be guessed, and nobody is locked out by another's guesses."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django.fixtures import Settings
from rest_framework.exceptions import Throttled

from stack.health.tests.outages import outage
from stack.otp.codes import code_check
from stack.otp.errors import WrongCode
from stack.otp.tests.authenticator import Authenticator
from stack.throttling.rate import Rate
from tests.processes import SECONDS

pytestmark = [pytest.mark.proves("drf-throttling"), pytest.mark.django_db]
PASSWORD = "correct-horse-battery-staple"
WAYS = ["login", "api-token"]


@pytest.fixture(autouse=True)
def rates(settings: Settings) -> None:
    settings.THROTTLING = True
    settings.THROTTLE_RATES = settings.THROTTLE_RATES | {"login": None, "guesses": Rate(4, 600)}


def an_account() -> Any:
    """Return somebody who may use the admin, too."""
    return get_user_model().objects.create_superuser(f"{uuid4().hex}@example.com", PASSWORD)


def an_address() -> str:
    return str(IPv4Address(secrets.randbits(32)))


def try_to(way: str, account: str, password: str, address: str) -> int:
    """Return how a log-in is answered: 200 or 302 for a good one, by the way."""
    if way == "api-token":
        body: dict[str, str] = {"email": account, "password": password}
        answer = Client().post(reverse(way), body, "application/json", REMOTE_ADDR=address)
        return answer.status_code
    page = Client().post(reverse(way), {"username": account, "password": password}, REMOTE_ADDR=address)
    return {302: 200, 200: 401}.get(page.status_code, page.status_code)


@pytest.mark.asvs("6.3.1", "6.3.4")
@pytest.mark.parametrize("way", WAYS)
def test_after_a_few_guesses_the_right_password_is_not_looked_at_either(way: str) -> None:
    account, address = an_account().email, an_address()
    assert [try_to(way, account, "wrong", address) for _ in range(4)] == [401] * 4
    assert try_to(way, account, PASSWORD, address) == 429
    assert try_to(way, account.upper(), PASSWORD, address) == 429
    assert try_to(way, account.replace(".com", "\uff61com"), PASSWORD, address) == 429


@pytest.mark.asvs("6.3.1")
@pytest.mark.parametrize("way", ["me-password", "me", "password_change", "factor_set_up"])
def test_guesses_behind_a_stolen_log_in_are_counted_too(way: str) -> None:
    user, thief = an_account(), an_address()

    def guess(password: str, address: str) -> Any:
        client = Client(REMOTE_ADDR=address)
        client.force_login(user)
        if way in ("me", "me-password"):
            body = {"current_password": password} | ({"new_password": "1"} if way == "me-password" else {})
            send = client.delete if way == "me" else client.post
            return send(reverse(way), body, "application/json")
        body = {"password": password, "old_password": password, "code": "1"}
        offer = client.get(reverse(way)).context.get("offer", "")
        return client.post(reverse(way), body | {"offer": offer, "new_password1": "1", "new_password2": "1"})

    right, wrong = (422, 422) if way == "me-password" else (204, 422) if way == "me" else (200, 200)
    assert [guess("wrong", thief).status_code for _ in range(4)] == [wrong] * 4
    refused = guess(PASSWORD, thief)
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 600
    assert try_to("login", user.email, PASSWORD, an_address()) == 200
    assert guess(PASSWORD, an_address()).status_code == right


@pytest.mark.asvs("6.3.1")
@pytest.mark.parametrize("way", WAYS)
def test_neither_the_owner_elsewhere_nor_a_neighbour_is_locked_out(way: str) -> None:
    victim, neighbour, address = an_account().email, an_account().email, an_address()
    assert [try_to(way, victim, "wrong", address) for _ in range(6)] == [401] * 4 + [429] * 2
    assert try_to(way, neighbour, PASSWORD, address) == 200
    assert try_to(way, victim, PASSWORD, an_address()) == 200
    assert try_to(way, victim, PASSWORD, address) == 429


def test_behind_a_proxy_callers_are_told_apart(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = 1
    victim, proxy = an_account().email, an_address()

    def log_in(password: str, forwarded: str) -> int:
        body = {"email": victim, "password": password}
        headers = {"X-Forwarded-For": forwarded}
        answer = Client().post(
            reverse("api-token"), body, "application/json", headers=headers, REMOTE_ADDR=proxy
        )
        return answer.status_code

    evil, owner = an_address(), an_address()
    guesses = [log_in("wrong", f"{an_address()}, {evil}") for _ in range(6)]
    assert guesses == [401] * 4 + [429] * 2
    assert log_in(PASSWORD, owner) == 200


def test_an_account_that_does_not_exist_is_answered_alike() -> None:
    address = an_address()
    answers = [try_to("api-token", "nobody@example.com", "wrong", address) for _ in range(6)]
    assert answers == [401] * 4 + [429] * 2


def test_a_log_in_begins_the_count_anew() -> None:
    account, address = an_account().email, an_address()
    for password in ["wrong", "wrong", "wrong", PASSWORD] * 3:
        assert try_to("api-token", account, password, address) in (200, 401)


@pytest.mark.asvs("6.3.1")
@pytest.mark.django_db(transaction=True)
def test_of_many_guesses_at_one_moment_no_more_are_looked_at() -> None:
    account, address = an_account().email, an_address()
    together = Barrier(20)

    def guess(_: int) -> int:
        try:
            together.wait(SECONDS)
            return try_to("api-token", account, "wrong", address)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(guess, range(20)))
    assert sorted(answers) == [401] * 4 + [429] * 16


def guess_code(user: Any, code: str, address: str) -> str:
    """Return what is said of a code."""
    try:
        code_check(RequestFactory().post("/", REMOTE_ADDR=address), user, code)
    except (WrongCode, Throttled) as error:
        return type(error).__name__
    return "good"


def test_after_a_few_guesses_the_right_code_is_not_looked_at_either(settings: Settings) -> None:
    settings.OTP_TOTP_THROTTLE_FACTOR = 0
    user, address = an_account(), an_address()
    app = Authenticator.of(user)
    assert [guess_code(user, app.wrong(), address) for _ in range(4)] == ["WrongCode"] * 4
    code = app.code()
    assert guess_code(user, code, address) == "Throttled"
    other = an_account()
    assert guess_code(other, Authenticator.of(other).code(), address) == "good"
    assert guess_code(user, code, an_address()) == "good"


def test_a_good_code_begins_the_count_anew(settings: Settings) -> None:
    settings.OTP_TOTP_THROTTLE_FACTOR = 0
    user, address = an_account(), an_address()
    app = Authenticator.of(user)
    for _ in range(3):
        assert [guess_code(user, app.wrong(), address) for _ in range(3)] == ["WrongCode"] * 3
        assert guess_code(user, app.code(), address) == "good"


@pytest.mark.parametrize("way", ["login_code", "api-token"])
def test_both_ways_to_send_a_code_say_that_it_is_too_much(settings: Settings, way: str) -> None:
    settings.OTP_TOTP_THROTTLE_FACTOR = 0
    settings.THROTTLE_RATES = settings.THROTTLE_RATES | {"guesses": Rate(2, 600)}
    user, address, client = an_account(), an_address(), Client()
    app = Authenticator.of(user)
    client.post(reverse("login"), {"username": user.email, "password": PASSWORD}, REMOTE_ADDR=address)

    def send() -> int:
        if way == "login_code":
            return client.post(reverse(way), {"code": app.wrong()}, REMOTE_ADDR=address).status_code
        body = {"email": user.email, "password": PASSWORD, "code": app.wrong()}
        return client.post(reverse(way), body, "application/json", REMOTE_ADDR=address).status_code

    assert [send() for _ in range(3)] == [{"login_code": 200}.get(way, 401)] * 2 + [429]


@pytest.mark.asvs("16.5.3")
@pytest.mark.parametrize("way", WAYS)
def test_without_redis_nobody_guesses(settings: Settings, way: str) -> None:
    account = an_account().email
    with outage("refuses") as port:
        location = {"LOCATION": f"redis://127.0.0.1:{port}/0"}
        settings.CACHES = {"default": settings.CACHES["default"] | location}
        assert try_to(way, account, PASSWORD, an_address()) == 503
