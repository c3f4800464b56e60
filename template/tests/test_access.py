"""Nothing is open by accident: each operation of the API for each kind of caller, and each page for nobody.

An app says in its ``tests/world.py`` who may call what; an operation that none has decided about fails.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db.transaction import atomic, set_rollback
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from pytest_django import Settings
from rest_framework.authtoken.models import Token

from apps.accounts.tests.factories import PASSWORD, UserFactory
from stack.otp.tests.authenticator import Authenticator
from tests.api import EXISTING, WORLDS, Operation, make_things_of, operations

pytestmark = pytest.mark.django_db

API = "api/v1/"
ACCESS: dict[str, str] = {name: who for world in WORLDS for name, who in world.ACCESS.items()}
CALLERS = ("nobody", "stranger", "owner", "staff", "superuser", "password alone")
OPEN = dict.fromkeys(CALLERS, "let in")
DECISIONS = {
    "anybody": OPEN,
    "user": OPEN | {"nobody": 401},
    "owner": dict.fromkeys(CALLERS, 404) | {"nobody": 401, "owner": "let in"},
    "staff": OPEN | {"nobody": 401, "stranger": 403, "owner": 403, "password alone": 403},
    "permitted": dict.fromkeys(CALLERS, 403) | {"nobody": 401, "superuser": "let in"},
}
"""What each caller gets; staff has no permissions, and what is somebody's own is nobody else's.

Staff and superuser have shown a second factor; by the password alone, a superuser is a stranger.
"""

PUBLIC = {
    "",
    "accounts/login/",
    "accounts/password_reset/",
    "accounts/password_reset/done/",
    "accounts/reset/<uidb64>/<token>/",
    "accounts/reset/done/",
    "accounts/signup/",
    "accounts/signup/done/",
    "api/docs/",
    "api/redoc/",
    "api/schema/",
}
"""The pages that whoever asks gets to see."""
HIDDEN = {302, 401, 403, 404, 405}


@pytest.fixture(name="callers")
def _callers(settings: Settings) -> dict[str, Client]:
    settings.STAFF_SECOND_FACTOR = True
    owner = UserFactory.create()
    make_things_of(owner)
    users = {
        "stranger": UserFactory.create(),
        "owner": owner,
        "staff": UserFactory.create(is_staff=True),
        "superuser": UserFactory.create(admin=True),
        "password alone": UserFactory.create(admin=True),
    }
    for name in ("staff", "superuser"):
        Authenticator.of(users[name])
    clients = {"nobody": Client(raise_request_exception=False)}
    for name, user in users.items():
        headers = {"Authorization": f"Token {Token.objects.create(user=user).key}"}
        clients[name] = Client(raise_request_exception=False, headers=headers)
    return clients


@pytest.mark.asvs("8.1.1", "8.2.1", "8.2.2", "8.3.1")
@pytest.mark.parametrize("operation", list(operations()), ids=str)
def test_each_caller_gets_what_was_decided(operation: Operation, callers: dict[str, Client]) -> None:
    assert (
        str(operation) in ACCESS
    ), f"nobody has decided who may {operation}: say so in an app's tests/world.py"
    found = {}
    for name, client in callers.items():
        with atomic():  # each finds the same world
            answer = client.generic(operation.method.upper(), operation.url, headers=operation.headers)
            set_rollback(True)
        assert answer.status_code < 500
        found[name] = answer.status_code if answer.status_code in (401, 403, 404) else "let in"
    assert found == DECISIONS[ACCESS[str(operation)]]


def addresses(patterns: list[Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Yield each address of the project: as it is written, and one that can be asked for."""
    for pattern in patterns:
        written = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, written)
        else:
            named = re.sub(r"<(\w+:)?(\w+)>", lambda match: EXISTING.get(match[2], "1"), written)
            yield written, re.sub(r"\(\?P<(\w+)>[^)]*\)|[$^\\]", "1", named).removesuffix("1")


@pytest.mark.asvs("6.3.4", "8.2.1", "13.4.5")
def test_nobody_sees_a_page_that_is_not_on_the_list() -> None:
    client = Client(raise_request_exception=False)
    found = list(addresses(get_resolver().url_patterns))
    asked = {written: client.get(f"/{address}") for written, address in found if API not in written}
    assert len(asked) > 40
    # What sends its caller elsewhere, mostly to a log-in, shows nothing.
    shown = {written for written, answer in asked.items() if answer.status_code not in HIDDEN}
    assert shown == PUBLIC


def test_a_password_without_its_code_is_nobody_everywhere() -> None:
    nobody, half = Client(raise_request_exception=False), Client(raise_request_exception=False)
    user = UserFactory.create(admin=True)
    make_things_of(user)
    Authenticator.of(user)
    half.post(reverse("login"), {"username": user.email, "password": PASSWORD})
    assert half.get(reverse("login_code")).status_code == 200
    for _, address in addresses(get_resolver().url_patterns):
        path = f"/{address}"
        if path != reverse("login_code"):
            assert half.get(path).status_code == nobody.get(path).status_code, path
    for operation in operations():
        answers = [
            client.generic(operation.method.upper(), operation.url, headers=operation.headers).status_code
            for client in (half, nobody)
        ]
        assert answers[0] == answers[1], operation
