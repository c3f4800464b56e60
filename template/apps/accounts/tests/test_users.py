"""What users see and change of themselves over the API."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
ME = "/api/v1/users/me/"
NEW = "a-quite-different-passphrase"


@pytest.fixture(name="ada")
def _ada(api: APIClient, user: User) -> APIClient:
    api.force_authenticate(user)
    return api


@pytest.mark.asvs("15.3.1")
@pytest.mark.proves("apiclient")
def test_users_see_themselves(ada: APIClient, user: User) -> None:
    UserFactory.create()

    assert ada.get(ME).json() == {
        "email": "ada@example.com",
        "first_name": user.first_name,
        "last_name": user.last_name,
        "date_joined": user.date_joined.isoformat().replace("+00:00", "Z"),
    }


@pytest.mark.parametrize(
    ("method", "path"),
    [("get", ""), ("patch", ""), ("delete", ""), ("get", "data/"), ("post", "password/")],
)
def test_nobody_else_sees_or_changes_anything(api: APIClient, user: User, method: str, path: str) -> None:
    response = getattr(api, method)(ME + path, {})

    assert response.status_code == 401
    assert user.email not in response.content.decode()


def test_users_change_their_names(ada: APIClient, user: User) -> None:
    assert ada.patch(ME, {"last_name": "Lovelace"}).json()["last_name"] == "Lovelace"

    user.refresh_from_db()
    assert user.last_name == "Lovelace"


def test_a_new_name_leaves_alone_what_was_changed_meanwhile(ada: APIClient, user: User) -> None:
    User.objects.update(email="ada.l@example.com", is_active=False)  # ada's request has begun

    assert ada.patch(ME, {"first_name": "Augusta"}).status_code == 200

    user.refresh_from_db()
    assert (user.first_name, user.email, user.is_active) == ("Augusta", "ada.l@example.com", False)


@pytest.mark.asvs("7.5.1", "8.2.3", "15.3.3")
@pytest.mark.parametrize(
    "body",
    [
        {"email": "root@example.com"},
        {"is_superuser": True},
        {"groups": [1]},
        {"first_name": "x" * 151},
        {"first_name": None},
    ],
)
def test_users_change_nothing_else(ada: APIClient, user: User, body: dict[str, Any]) -> None:
    before = User.objects.values().get(pk=user.pk)

    assert ada.patch(ME, body).status_code == 400

    assert User.objects.values().get(pk=user.pk) == before


@pytest.mark.asvs("1.1.2", "1.2.3")
@pytest.mark.parametrize(
    "name", ['"}, {"is_staff": true, "x": "', "</script><script>", "a\u2028b\\u0022", "'--"]
)
def test_a_name_is_text_whatever_it_looks_like(ada: APIClient, user: User, name: str) -> None:
    shown = ada.patch(ME, {"first_name": name})

    assert shown.json() == ada.get(ME).json()
    assert set(shown.json()) == {"email", "first_name", "last_name", "date_joined"}
    assert shown.json()["first_name"] == name
    user.refresh_from_db()
    assert user.first_name == name


@pytest.mark.asvs("6.2.2", "6.2.8")
@pytest.mark.proves("django-auth")
def test_users_change_their_password(ada: APIClient, user: User) -> None:
    assert (
        ada.post(f"{ME}password/", {"current_password": PASSWORD, "new_password": f" {NEW} "}).status_code
        == 204
    )

    user.refresh_from_db()
    assert user.check_password(f" {NEW} ")


@pytest.mark.asvs("6.2.3", "7.5.1")
@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({"current_password": "wrong", "new_password": NEW}, {"/current_password": "password_incorrect"}),
        (
            {"current_password": PASSWORD, "new_password": "trustno1"},
            {"/new_password": "password_too_common"},
        ),
        (
            {"current_password": PASSWORD, "new_password": "ada@example.com"},
            {"/new_password": "password_too_similar"},
        ),
        ({"current_password": PASSWORD}, {"/new_password": "required"}),
    ],
)
def test_a_password_is_not_changed(
    ada: APIClient, user: User, body: dict[str, str], errors: dict[str, str]
) -> None:
    response = ada.post(f"{ME}password/", body)

    assert response.status_code == (400 if "required" in errors.values() else 422)
    assert {error["field"]: error["code"] for error in response.json()["errors"]} == errors
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
