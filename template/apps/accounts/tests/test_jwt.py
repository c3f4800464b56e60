"""JSON Web Tokens: pairs, how they rotate and end, and what is purged of them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.accounts.services.passwords import user_password_set
from apps.accounts.tests.factories import PASSWORD
from stack.audit.models import AuditEntry
from stack.jwt.families import token_pair_issue
from stack.jwt.models import TokenFamily
from stack.retention import clear_expired

pytestmark = pytest.mark.django_db
AUTH = "/api/v1/auth/"
SECONDS = 60


def pair(api: APIClient, email: str = "ada@example.com") -> dict[str, str]:
    """Log in, and return the tokens."""
    response = api.post(f"{AUTH}token/", {"email": email, "password": PASSWORD})
    assert response.status_code == 200, response.content
    tokens: dict[str, str] = response.json()
    return tokens


def status(api: APIClient, path: str, body: Any) -> int:
    """Return the status that a POST is answered with."""
    return int(api.post(AUTH + path, body).status_code)


def me(api: APIClient, token: str) -> int:
    """Return the status of one's own page, asked with a token."""
    return int(api.get("/api/v1/users/me/", headers={"Authorization": f"Bearer {token}"}).status_code)


@pytest.mark.asvs("7.2.2")
@pytest.mark.proves("simplejwt")
def test_a_pair_opens_the_api_and_is_exchanged_for_the_next(api: APIClient, user: User) -> None:
    first = pair(api, "Ada@Example.com")
    assert me(api, first["access"]) == 200
    user.refresh_from_db()
    assert user.last_login is not None

    second = api.post(f"{AUTH}token/refresh/", {"refresh": first["refresh"]}).json()

    assert me(api, second["access"]) == 200
    assert second["refresh"] != first["refresh"]
    assert status(api, "token/refresh/", {"refresh": second["refresh"]}) == 200


@pytest.mark.proves("simplejwt")
def test_a_refresh_token_that_comes_twice_ends_all_that_came_of_its_log_in(
    api: APIClient, user: User, caplog: pytest.LogCaptureFixture
) -> None:
    stolen, other = pair(api, user.email), pair(api)
    child = api.post(f"{AUTH}token/refresh/", {"refresh": stolen["refresh"]}).json()
    assert status(api, "token/verify/", {"token": stolen["refresh"]}) == 401
    assert me(api, child["access"]) == 200

    assert status(api, "token/refresh/", {"refresh": stolen["refresh"]}) == 401

    assert "used twice" in caplog.text
    assert AuditEntry.objects.get(event="refresh_reused").subject_id == user.pk
    assert status(api, "token/refresh/", {"refresh": child["refresh"]}) == 401
    for token in (*child.values(), *stolen.values()):
        assert status(api, "token/verify/", {"token": token}) == 401
    assert me(api, child["access"]) == me(api, stolen["access"]) == 401
    assert me(api, other["access"]) == 200


@pytest.mark.proves("simplejwt")
@pytest.mark.django_db(transaction=True)
def test_of_many_uses_of_a_refresh_token_at_one_moment_one_succeeds_and_the_family_is_dead(
    api: APIClient, user: User
) -> None:
    refresh = pair(api, user.email)["refresh"]
    together = Barrier(20)

    def use(_: int) -> Any:
        try:
            together.wait(SECONDS)
            return APIClient().post(f"{AUTH}token/refresh/", {"refresh": refresh})
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(use, range(20)))

    assert sorted(answer.status_code for answer in answers) == [200] + [401] * 19
    (child,) = (answer.json() for answer in answers if answer.status_code == 200)
    assert me(api, child["access"]) == 401
    assert status(api, "token/refresh/", {"refresh": child["refresh"]}) == 401


def test_a_wrong_password_gets_no_pair(api: APIClient, user: User) -> None:
    response = api.post(f"{AUTH}token/", {"email": user.email, "password": "wrong"})

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.asvs("7.4.2", "7.4.3")
@pytest.mark.parametrize("end", ["disabled", "deleted", "password"])
@pytest.mark.proves("simplejwt")
def test_tokens_end_with_what_they_stand_for(api: APIClient, user: User, end: str) -> None:
    tokens = pair(api)
    match end:
        case "disabled":
            User.objects.update(is_active=False)
        case "deleted":
            user.delete()
        case "password":
            user_password_set(user, "a-quite-different-passphrase")

    assert me(api, tokens["access"]) == 401
    assert status(api, "token/refresh/", {"refresh": tokens["refresh"]}) == 401
    for token in tokens.values():
        assert status(api, "token/verify/", {"token": token}) == 401


def test_a_new_password_ends_tokens_whoever_changed_it(api: APIClient, user: User) -> None:
    tokens = pair(api)

    user.set_password("a-quite-different-passphrase")  # by a shell, or another program
    user.save()

    assert me(api, tokens["access"]) == 401
    assert status(api, "token/refresh/", {"refresh": tokens["refresh"]}) == 401


@pytest.mark.asvs("7.3.2")
def test_a_log_in_ends_after_its_days_however_often_it_was_refreshed(
    api: APIClient, user: User, settings: Settings
) -> None:
    began, days = timezone.now(), settings.JWT_LOGIN_DAYS
    tokens = pair(api, user.email)
    for day in range(10, days, 10):
        with time_machine.travel(began + timedelta(days=day), tick=False):
            tokens = api.post(f"{AUTH}token/refresh/", {"refresh": tokens["refresh"]}).json()
            assert me(api, tokens["access"]) == 200
    with time_machine.travel(began + timedelta(days=days, minutes=1), tick=False):
        assert status(api, "token/verify/", {"token": tokens["refresh"]}) == 401
        assert status(api, "token/refresh/", {"refresh": tokens["refresh"]}) == 401
        fresh = pair(api, user.email)
        api.credentials(HTTP_AUTHORIZATION=f"Bearer {fresh['access']}")
        assert [row["current"] for row in api.get("/api/v1/users/me/logins/").json()] == [True]


@pytest.mark.asvs("7.4.1")
def test_logging_out_ends_both_tokens(api: APIClient, user: User) -> None:
    tokens = pair(api, user.email)
    refresh = tokens["refresh"]

    assert status(api, "logout/", {"refresh": refresh}) == 204
    assert status(api, "logout/", {"refresh": refresh}) == 401
    assert status(api, "token/refresh/", {"refresh": refresh}) == 401
    assert me(api, tokens["access"]) == 401
    for token in tokens.values():
        assert status(api, "token/verify/", {"token": token}) == 401


def test_verifying_a_token(api: APIClient, user: User) -> None:
    tokens = pair(api, user.email)

    assert status(api, "token/verify/", {"token": tokens["access"]}) == 204
    assert status(api, "token/verify/", {"token": tokens["refresh"]}) == 204
    assert status(api, "token/verify/", {"token": "nonsense"}) == 401
    assert status(api, "token/verify/", {"token": tokens["access"][:-2]}) == 401


@pytest.mark.asvs("9.2.1", "9.2.2")
@pytest.mark.parametrize("path", ["token/refresh/", "logout/"])
@pytest.mark.parametrize("kind", ["access", "garbage", "expired"])
def test_only_a_live_refresh_token_refreshes_and_logs_out(
    api: APIClient, user: User, path: str, kind: str
) -> None:
    token = token_pair_issue(user)["access"] if kind == "access" else "not.a.token"
    if kind == "expired":
        with time_machine.travel(timezone.now() - timedelta(days=15), tick=False):
            token = token_pair_issue(user)["refresh"]

    assert status(api, path, {"refresh": token}) == 401


@pytest.mark.parametrize("path", ["token/", "token/refresh/", "token/verify/", "logout/"])
@pytest.mark.parametrize("body", [{}, [], "x", {"surplus": 1}, {"email": None, "password": 7}])
def test_other_bodies_are_refused(api: APIClient, path: str, body: Any) -> None:
    assert status(api, path, body) == 400


def test_a_dead_token_in_the_header_does_not_keep_anybody_from_logging_in(api: APIClient, user: User) -> None:
    api.credentials(HTTP_AUTHORIZATION="Bearer dead")

    assert pair(api, user.email)


def test_expired_families_are_purged(api: APIClient, user: User) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=15), tick=False):
        pair(api, user.email)
    alive = pair(api)["refresh"]
    assert TokenFamily.objects.count() == 2

    clear_expired()

    assert TokenFamily.objects.count() == 1
    assert status(api, "token/refresh/", {"refresh": alive}) == 200
