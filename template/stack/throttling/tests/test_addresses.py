"""The project's own addresses are held to their rates, pages too, and its schema says so."""

from ipaddress import IPv4Address
from random import getrandbits
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import get_resolver, reverse
from pytest_django.fixtures import Settings

from stack.openapi.views import api_schema
from stack.throttling.rate import Rate


@pytest.fixture(name="caller")
def _caller(settings: Settings) -> str:
    """An address that may ask twice."""
    settings.THROTTLING = True
    settings.THROTTLE_RATES = {"login": Rate(2, 600), "signup": Rate(2, 600), "guesses": None}
    return str(IPv4Address(getrandbits(32)))  # counts outlive a run


def is_too_much(answers: list[Any]) -> list[bool]:
    return [answer.status_code == 429 for answer in answers]


@pytest.mark.asvs("2.3.2", "2.4.1", "6.3.1")
@pytest.mark.django_db
@pytest.mark.parametrize("name", ["login", "signup", "password_reset"])
def test_guessing_by_the_pages_is_throttled(client: Client, caller: str, name: str) -> None:
    answers = [client.post(reverse(name), {}, REMOTE_ADDR=caller) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert "Too many tries" in answers[-1].content.decode()
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.asvs("2.3.2", "2.4.1")
@pytest.mark.django_db
@pytest.mark.parametrize("name", ["signup_confirm", "password_reset_confirm"])
def test_the_pages_that_mails_lead_to_are_throttled(client: Client, caller: str, name: str) -> None:
    link = reverse(name, args=["-"] if name == "signup_confirm" else ["-", "-"])
    answers = [client.post(link, {}, REMOTE_ADDR=caller) for _ in range(3)]
    assert is_too_much(answers) == [False, False, True]


@pytest.mark.asvs("2.4.1", "6.3.1")
@pytest.mark.django_db
@pytest.mark.parametrize("name", ["api-token", "signup"])
def test_who_shows_an_account_gets_no_more_log_ins(client: Client, caller: str, name: str) -> None:
    user = get_user_model().objects.create_user(f"{uuid4().hex}@example.com")
    client.force_login(user)
    answers = [each.post(reverse(name), {}, REMOTE_ADDR=caller) for each in (Client(), Client(), client)]
    assert is_too_much(answers) == [False, False, True]


@pytest.mark.asvs("2.3.2", "2.4.1", "6.3.1")
@pytest.mark.django_db
@pytest.mark.parametrize("name", ["api-token", "api-signup", "user-register"])
def test_the_api_s_own_are_held_to_their_kind(client: Client, settings: Settings, name: str) -> None:
    settings.THROTTLING = True
    rates = settings.THROTTLE_RATES | {"login": Rate(1, 600), "signup": Rate(1, 600), "guesses": None}
    settings.THROTTLE_RATES = rates
    caller = str(IPv4Address(getrandbits(32)))

    answers = [client.post(reverse(name), {}, "application/json", REMOTE_ADDR=caller) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [400, 429]


def is_address(name: str) -> bool:
    """Tell whether some address has this name."""
    namespace, _, name = name.rpartition(":")
    resolver = get_resolver().namespace_dict[namespace][1] if namespace else get_resolver()
    return name in resolver.reverse_dict


def test_each_scope_is_of_an_address_that_exists_and_has_a_rate(settings: Settings) -> None:
    assert [name for name in settings.THROTTLE_SCOPES if not is_address(name)] == []
    assert set(settings.THROTTLE_SCOPES.values()) <= set(settings.THROTTLE_RATES)
    assert not is_address("log-in")


def test_the_schema_says_which_operations_may_come_too_often() -> None:
    operations = [(path, *item) for path, items in api_schema()["paths"].items() for item in items.items()]
    limited = {(path, method) for path, method, operation in operations if "429" in operation["responses"]}
    writes = {(path, method) for path, method, _ in operations if method != "get"}
    assert limited == writes | {("/api/v1/users/me/data/", "get")}  # a read that is dear
    seconds = api_schema()["paths"]["/api/v1/users/"]["post"]["responses"]["429"]["headers"]["Retry-After"]
    assert seconds["required"]
