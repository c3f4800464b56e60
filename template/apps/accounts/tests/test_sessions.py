"""Sessions of browsers: how they begin, what they stand on, and how they end."""

import re
import secrets
from datetime import timedelta
from importlib import import_module
from unittest.mock import Mock

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from pytest_django import Settings
from rest_framework.authtoken.models import Token

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD, UserFactory
from stack.sessions.models import Session

pytestmark = pytest.mark.django_db
ME, LOGINS = "/api/v1/users/me/", "/api/v1/users/me/logins/"


def holder(key: str) -> Client:
    """Return a browser that sends this session's key."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    return client


def log_in(client: Client, user: User) -> str:
    """Log in by the page, and return the session's key."""
    answer = client.post(reverse("login"), {"username": user.email, "password": PASSWORD})
    assert answer.status_code == 302
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.mark.asvs("7.2.2", "7.2.4")
def test_each_log_in_gets_a_key_of_its_own_and_ends_the_one_before() -> None:
    user = UserFactory.create(admin=True)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store["seen"] = "before the log-in"
    store.create()
    client = holder(store.session_key)

    keys = [store.session_key, log_in(client, user)]
    client.force_login(user)  # once more, as other pages than ours may
    keys.append(client.cookies[settings.SESSION_COOKIE_NAME].value)

    assert len(set(keys)) == 3
    assert [holder(key).get(ME).status_code for key in keys] == [401, 401, 200]
    assert list(Session.objects.values_list("pk", flat=True)) == keys[-1:]


@pytest.mark.asvs("2.2.1", "16.5.3")
@pytest.mark.parametrize(
    "key", [r'"abcdefgh\000"', r'"abcdefgh\351"', "abcd efgh", "x" * 41, "short", "-" * 32], ids=ascii
)
def test_what_is_no_key_is_nobody_s(key: str) -> None:
    """Django reads a quoted cookie's escapes; no database has text with a NUL."""
    cookie = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={key}"}
    client = Client(raise_request_exception=False)
    answers = [client.get(path, headers=cookie).status_code for path in ("/accounts/login/", ME, LOGINS)]
    assert answers == [200, 401, 401]
    assert client.get("/accounts/security/", headers=cookie).status_code == 302


@pytest.mark.asvs("7.2.3", "11.5.1")
def test_keys_are_long_and_come_from_a_good_source(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Mock(wraps=secrets.choice)
    monkeypatch.setattr("secrets.choice", source)

    key = log_in(Client(), user)

    assert re.fullmatch("[0-9a-z]{32}", key)  # 165 bits
    assert source.call_count >= 32


@pytest.mark.asvs("7.2.1")
def test_a_key_that_was_made_up_is_nobody_s(user: User) -> None:
    log_in(Client(), user)
    for key in (get_random_string(32), "", f"of-{user.pk}", "' OR 1=1 --"):
        assert holder(key).get(ME).status_code == 401


@pytest.mark.asvs("7.4.1")
def test_a_key_that_was_copied_is_of_no_use_after_the_log_out(user: User) -> None:
    client = Client()
    key = log_in(client, user)
    assert holder(key).get(ME).status_code == 200

    client.post(reverse("logout"))

    assert holder(key).get(ME).status_code == 401


@pytest.mark.asvs("7.3.1", "7.3.2", "7.4.1")
@pytest.mark.parametrize("used", [True, False])
def test_a_session_ends_after_its_days_used_or_not(user: User, used: bool) -> None:
    began, days = timezone.now(), settings.SESSION_COOKIE_AGE // 86_400
    key = log_in(Client(), user)
    for day in range(1, days) if used else [days - 1]:
        with time_machine.travel(began + timedelta(days=day), tick=False):
            assert holder(key).get(ME).status_code == 200
    with time_machine.travel(began + timedelta(days=days, minutes=1), tick=False):
        assert holder(key).get(ME).status_code == 401
        assert holder(key).get(reverse("password_change")).status_code == 302


@pytest.mark.asvs("7.4.4")
@pytest.mark.parametrize("name", ["landing", "password_change", "password_change_done", "admin:index"])
def test_every_page_for_those_who_are_known_has_a_way_out(client: Client, name: str) -> None:
    client.force_login(UserFactory.create(admin=True))
    page = client.get(reverse(name)).content.decode()
    assert re.search(r'<form[^>]+method="post"[^>]+action="(/accounts|/admin)/logout/"', page)


@pytest.mark.asvs("4.1.3", "15.3.4")
@pytest.mark.parametrize(
    ("proxies", "forwarded", "noted"),
    [
        (0, "203.0.113.1", "192.0.2.7"),
        (1, "203.0.113.1, 198.51.100.2", "198.51.100.2"),
        (1, "203.0.113.1, nonsense", "192.0.2.7"),
        (1, "", "192.0.2.7"),
    ],
)
def test_where_a_log_in_came_from_can_not_be_forged(
    user: User, settings: Settings, proxies: int, forwarded: str, noted: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    client = Client(
        headers={"X-Forwarded-For": forwarded, "X-Real-IP": "203.0.113.9"}, REMOTE_ADDR="192.0.2.7"
    )
    log_in(client, user)
    assert [row["address"] for row in client.get(LOGINS).json()] == [noted]


@pytest.mark.asvs("14.2.1", "15.3.7")
def test_what_stands_in_an_address_logs_nobody_in(user: User) -> None:
    token = Token.objects.create(user=user).key
    key = log_in(Client(), user)
    query = (
        f"?token={token}&auth_token={token}&Authorization=Token {token}&{settings.SESSION_COOKIE_NAME}={key}"
    )
    assert Client().get(ME + query).status_code == 401
    password = f"?username={user.email}&password={PASSWORD}"
    assert Client().post(reverse("login") + password, {}).status_code == 200
    answer = Client().post(
        f"{reverse('api-token')}?email={user.email}&password={PASSWORD}", {}, "application/json"
    )
    assert answer.status_code == 400
