"""API tokens: given for a password, good until they are revoked."""

from typing import Any

import pytest
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
TOKEN = "/api/v1/auth/api-token/"


def me(api: APIClient, token: str) -> int:
    """Return the status of one's own page, asked with a token."""
    return int(api.get("/api/v1/users/me/", headers={"Authorization": f"Token {token}"}).status_code)


@pytest.mark.asvs("7.4.1")
@pytest.mark.proves("token-auth")
def test_a_token_lasts_until_it_is_revoked(api: APIClient, user: User) -> None:
    credentials = {"email": user.email, "password": PASSWORD}
    token = api.post(TOKEN, credentials).json()["token"]
    assert api.post(TOKEN, credentials).json()["token"] == token
    assert me(api, token) == 200
    user.refresh_from_db()
    assert user.last_login is not None

    assert api.delete(TOKEN).status_code == 401
    api.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    assert api.delete(TOKEN).status_code == 204

    assert me(APIClient(), token) == 401


@pytest.mark.asvs("7.4.2")
@pytest.mark.proves("token-auth")
def test_the_token_of_a_disabled_user_is_refused(api: APIClient, user: User) -> None:
    token = Token.objects.create(user=user)
    assert me(api, token.key) == 200

    User.objects.update(is_active=False)

    assert me(api, token.key) == 401


@pytest.mark.asvs("6.2.8")
@pytest.mark.parametrize(
    "credentials",
    [
        {"email": "nobody@example.com", "password": PASSWORD},
        {"email": "ada@example.com", "password": "wrong"},
        {"email": "ada@example.com", "password": f"{PASSWORD} "},
        {"email": "not an address", "password": "wrong"},
    ],
)
def test_wrong_credentials_get_the_same_answer_whatever_is_wrong(
    api: APIClient, user: User, credentials: dict[str, str]
) -> None:
    response = api.post(TOKEN, credentials)

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"]
    assert response.json()["detail"] == "Address and password do not match an active account."
    user.refresh_from_db()
    assert user.last_login is None


@pytest.mark.parametrize("body", [{}, [], "x", {"surplus": 1}, {"email": None, "password": 7}])
def test_other_bodies_are_refused(api: APIClient, body: Any) -> None:
    assert api.post(TOKEN, body).status_code == 400
