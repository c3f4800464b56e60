"""What is known of oneself: given, and erased, by oneself or by an operator."""

import json
from io import StringIO
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.test import Client
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
ME, DATA = "/api/v1/users/me/", "/api/v1/users/me/data/"


def browser(user: User) -> Client:
    """Log in with a browser."""
    client = Client(headers={"User-Agent": "Firefox"}, REMOTE_ADDR="192.0.2.7")
    page = client.post("/accounts/login/", {"username": user.email, "password": PASSWORD})
    assert page.status_code == 302
    return client


def erase(client: Client, **body: Any) -> int:
    return client.delete(ME, json.dumps(body), "application/json").status_code


def test_users_get_what_is_known_of_them(user: User) -> None:
    other = UserFactory.create()
    token = Token.objects.create(user=user)
    client = browser(user)

    response = client.get(DATA)

    assert response.status_code == 200
    given = response.json()
    assert given["accounts"]["email"] == "ada@example.com"
    assert given["accounts"]["api_token_since"]
    assert [(row["address"], row["agent"]) for row in given["logins"]] == [("192.0.2.7", "Firefox")]
    text = response.content.decode()
    assert token.key not in text
    assert str(client.session.session_key) not in text
    assert other.email not in text


def test_who_erases_themselves_is_gone_and_so_is_all_that_let_them_in(user: User) -> None:
    user.groups.add(Group.objects.create(name="staff"))
    User.objects.filter(pk=user.pk).update(is_staff=True, is_superuser=True)
    token = Token.objects.create(user=user)
    first, second = browser(user), browser(user)

    assert erase(first, current_password=PASSWORD) == 204

    assert {client.get(ME).status_code for client in (first, second)} == {401}
    assert APIClient().get(ME, headers={"Authorization": f"Token {token.key}"}).status_code == 401
    user.refresh_from_db()
    assert user.email.endswith("@erased.invalid")
    assert (user.first_name, user.last_name, user.last_login) == ("", "", None)
    assert not (user.is_active or user.is_staff or user.is_superuser or user.groups.exists())
    assert not user.has_usable_password()
    assert UserFactory.create(email="ada@example.com").pk != user.pk  # who comes back is somebody else


@pytest.mark.parametrize(
    ("body", "status"), [({"current_password": "wrong"}, 422), ({}, 400), ({"current_password": None}, 400)]
)
def test_nobody_is_erased_without_their_password(user: User, body: dict[str, Any], status: int) -> None:
    client = browser(user)
    before = User.objects.values().get(pk=user.pk)

    assert erase(client, **body) == status

    assert User.objects.values().get(pk=user.pk) == before
    assert client.get(ME).status_code == 200


def test_the_admin_s_log_keeps_who_changed_what_and_no_names(user: User) -> None:
    admin = UserFactory.create(admin=True)
    kind = ContentType.objects.get_for_model(User)
    entries = [
        LogEntry(user=admin, content_type=kind, object_id=str(user.pk), object_repr="ada@old.example.com"),
        LogEntry(user=admin, content_type=None, object_repr="picture of ADA@example.com"),
        LogEntry(user=user, content_type=kind, object_id=str(admin.pk), object_repr=admin.email),
        LogEntry(user=admin, content_type=kind, object_id=str(admin.pk), object_repr="somebody else"),
    ]
    for entry in entries:
        entry.action_flag = CHANGE
        entry.save()

    assert erase(browser(user), current_password=PASSWORD) == 204

    shown = list(LogEntry.objects.order_by("pk").values_list("object_repr", flat=True))
    assert shown == ["", "", "", "somebody else"]
    assert LogEntry.objects.filter(user=user).count() == 1


def test_an_operator_gets_and_erases(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    out = StringIO()
    call_command("personal_data", "export", "Ada@Example.com", stdout=out)
    assert json.loads(out.getvalue())["accounts"]["email"] == "ada@example.com"

    monkeypatch.setattr("builtins.input", lambda question: "no")
    with pytest.raises(CommandError, match="Nothing was erased"):
        call_command("personal_data", "erase", user.email, stdout=out)
    assert User.objects.filter(email=user.email).exists()

    call_command("personal_data", "erase", user.email, no_input=True, stdout=out)
    assert not User.objects.filter(email=user.email).exists()

    with pytest.raises(CommandError, match="Nobody"):
        call_command("personal_data", "export", user.email)
