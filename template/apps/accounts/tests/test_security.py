"""The page of where one is logged in: listed, and ended."""

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.authtoken.models import Token

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD, UserFactory
from stack.sessions import logins_of

pytestmark = [pytest.mark.proves("django-auth"), pytest.mark.django_db]
PAGE = reverse("security")


def browser(user: User, agent: str) -> Client:
    """Log in with a browser."""
    client = Client(headers={"User-Agent": agent}, REMOTE_ADDR="192.0.2.7")
    client.post(reverse("login"), {"username": user.email, "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return bool(client.get(PAGE).status_code == 200)


def test_log_ins_are_listed_with_device_and_address(user: User) -> None:
    first, second = browser(user, "Firefox <b>"), browser(user, "Chromium")
    browser(UserFactory.create(), "Somebody else's")
    page = first.get(PAGE).content.decode()
    assert page.count("from 192.0.2.7") == 2
    assert page.index("Chromium") < page.index("Firefox &lt;b&gt;") < page.index("Here")
    assert "Somebody" not in page
    assert page.count('name="login"') == 1
    for client in (first, second):
        assert str(client.session.session_key) not in page


def test_one_is_ended(user: User) -> None:
    first, second = browser(user, "Firefox"), browser(user, "Chromium")
    newest = logins_of(user.pk)[0]
    assert "logged out there" in first.post(PAGE, {"login": str(newest.id)}, follow=True).content.decode()
    assert (is_in(first), is_in(second)) == (True, False)


def test_all_but_this_one_are_ended(user: User) -> None:
    first, second = browser(user, "Firefox"), browser(user, "Chromium")
    Token.objects.create(user=user)
    assert first.post(PAGE, {"others": ""})["Location"] == PAGE
    assert (is_in(first), is_in(second), Token.objects.exists()) == (True, False, False)
    assert [login.agent for login in logins_of(user.pk)] == ["Firefox"]


@pytest.mark.parametrize("login", ["", "x", "0e6f3b5c-7a53-4b0e-9d0e-2c5a5a1f4f10"])
def test_nobody_ends_another_s(user: User, login: str) -> None:
    mine, theirs = browser(user, "Firefox"), browser(other := UserFactory.create(), "Chromium")
    for each in (login, str(logins_of(other.pk)[0].id)):
        assert "not logged in there" in mine.post(PAGE, {"login": each}, follow=True).content.decode()
    assert is_in(theirs) and is_in(mine)
