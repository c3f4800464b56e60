"""Where one is logged in: listed, and ended from elsewhere."""

from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
ME, LOGINS = "/api/v1/users/me/", "/api/v1/users/me/logins/"


def browser(user: User, agent: str = "Firefox") -> Client:
    """Log in with a browser."""
    client = Client(headers={"User-Agent": agent}, REMOTE_ADDR="192.0.2.7")
    page = client.post("/accounts/login/", {"username": user.email, "password": PASSWORD})
    assert page.status_code == 302
    return client


def listed(client: Client) -> list[Any]:
    """Return where the client's user is logged in."""
    response = client.get(LOGINS)
    assert response.status_code == 200
    rows: list[Any] = response.json()
    return rows


@pytest.mark.asvs("1.3.3", "3.3.4")
def test_log_ins_are_listed_with_where_they_came_from(user: User) -> None:
    first, second = browser(user), browser(user, "Chromium\0" + 300 * "x")
    browser(UserFactory.create())

    rows = listed(first)

    assert [row["agent"] for row in rows] == ["Chromium" + 192 * "x", "Firefox"]
    assert [row["current"] for row in rows] == [False, True]
    assert {(row["kind"], row["address"]) for row in rows} == {("browser", "192.0.2.7")}
    assert str(second.session.session_key) not in str(rows)


@pytest.mark.asvs("7.2.1")
def test_one_is_ended_from_elsewhere(user: User) -> None:
    first, second = browser(user), browser(user)
    (other,) = (row for row in listed(first) if not row["current"])

    assert first.delete(f"{LOGINS}{other['id']}/").status_code == 204

    assert second.get(ME).status_code == 401
    assert first.get(ME).status_code == 200
    assert first.delete(f"{LOGINS}{other['id']}/").status_code == 404


@pytest.mark.asvs("8.2.2")
def test_nobody_ends_another_s(user: User) -> None:
    mine, theirs = browser(user), browser(UserFactory.create())
    (row,) = listed(theirs)

    assert mine.delete(f"{LOGINS}{row['id']}/").status_code == 404
    assert mine.delete(f"{LOGINS}{uuid4()}/").status_code == 404

    assert theirs.get(ME).status_code == 200


@pytest.mark.asvs("7.4.1")
def test_all_are_ended_at_once(user: User) -> None:
    first, second = browser(user), browser(user)
    token = Token.objects.create(user=user)

    assert first.delete(LOGINS).status_code == 204

    assert {client.get(ME).status_code for client in (first, second)} == {401}
    assert APIClient().get(ME, headers={"Authorization": f"Token {token.key}"}).status_code == 401


@pytest.mark.asvs("7.4.3")
def test_a_changed_password_ends_all_but_the_one_that_changed_it(user: User) -> None:
    first, second = browser(user), browser(user)
    fresh = "a-quite-different-passphrase"

    page = first.post(
        "/accounts/password_change/",
        {"old_password": PASSWORD, "new_password1": fresh, "new_password2": fresh},
    )

    assert page.status_code == 302
    assert first.get(ME).status_code == 200
    assert second.get(ME).status_code == 401
    assert [row["current"] for row in listed(first)] == [True]


@pytest.mark.asvs("7.4.2", "7.4.5")
def test_who_is_disabled_in_the_admin_is_logged_out_for_good(user: User, admin_client: Client) -> None:
    theirs = browser(user)
    page = f"/{settings.ADMIN_PATH}accounts/user/{user.pk}/change/"
    fields = {"email": user.email, "date_joined_0": "2026-01-01", "date_joined_1": "00:00:00"}

    assert admin_client.post(page, fields).status_code == 302
    assert theirs.get(ME).status_code == 401
    assert admin_client.post(page, fields | {"is_active": "on"}).status_code == 302

    assert theirs.get(ME).status_code == 401
    assert browser(user).get(ME).status_code == 200


def test_logged_out_here_is_not_listed(user: User) -> None:
    first, second = browser(user), browser(user)

    second.post("/accounts/logout/")

    assert len(listed(first)) == 1
