"""Nobody learns from a log-in that fails whether there is an account: not from words, status or time."""

import re
import statistics
import time
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
ROUNDS = 7
APART = 1.3
"""How many times as long one median may be as another, on a machine that has other things to do."""


def by_api(address: str) -> HttpResponse:
    body = {"email": address, "password": "wrong"}
    return Client().post(reverse("api-token"), body, "application/json")  # type: ignore[return-value]


def by_page(address: str) -> HttpResponse:
    body = {"username": address, "password": "wrong"}
    return Client().post(reverse("login"), body)  # type: ignore[return-value]


@pytest.fixture(name="addresses", autouse=True)
def _addresses(settings: Settings) -> dict[str, str]:
    """Addresses of as many letters, hashed as in production."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    UserFactory.create(email="known@example.com")
    UserFactory.create(email="ended@example.com", disabled=True)
    assert User.objects.get(email="known@example.com").password.startswith("argon2")
    return {"known": "known@example.com", "disabled": "ended@example.com", "unknown": "never@example.com"}


@pytest.mark.asvs("6.3.4")
@pytest.mark.parametrize("log_in", [by_api, by_page])
def test_the_words_and_the_status_are_the_same(
    addresses: dict[str, str], log_in: Callable[[str], HttpResponse]
) -> None:
    answers = set()
    for address in addresses.values():
        answer = log_in(address)
        text = answer.content.decode().replace(address, "")
        answers.add((answer.status_code, re.sub(r'(nonce|value)="[^"]*"', "", text)))
    assert len(answers) == 1


@pytest.mark.asvs("6.3.4")
@pytest.mark.parametrize("log_in", [by_api, by_page])
def test_it_takes_as_long(addresses: dict[str, str], log_in: Callable[[str], HttpResponse]) -> None:
    spent: dict[str, list[float]] = {kind: [] for kind in addresses}
    for _ in range(ROUNDS):
        for kind, address in addresses.items():  # by turns: whatever else runs slows all of them
            started = time.process_time()
            log_in(address)
            spent[kind].append(time.process_time() - started)
    medians = {kind: statistics.median(times) for kind, times in spent.items()}
    assert max(medians.values()) < APART * min(medians.values()), medians
