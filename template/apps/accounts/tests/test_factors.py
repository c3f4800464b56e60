"""A second factor: set up and removed by the pages, and asked for by every way to log in."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as project
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from pytest_django import Settings
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.accounts.services.passwords import user_password_set
from apps.accounts.tests.factories import PASSWORD, UserFactory
from stack.audit.models import AuditEntry
from stack.otp.devices import has_factor
from stack.otp.half import SECONDS
from stack.otp.tests.authenticator import Authenticator

pytestmark = [pytest.mark.proves("django-auth"), pytest.mark.django_db]
CODE, SET_UP, REMOVE = reverse("login_code"), reverse("factor_set_up"), reverse("factor_remove")
ME = "/api/v1/users/me/"


@pytest.fixture(autouse=True)
def fixture_no_waiting(settings: Settings) -> None:
    """Have the right code looked at just after a wrong one."""
    settings.OTP_TOTP_THROTTLE_FACTOR = settings.OTP_STATIC_THROTTLE_FACTOR = 0


def password_of(client: Client, user: User, follow: str = "/") -> str:
    """Send the right password, and return where that leads."""
    body = {"username": user.email, "password": PASSWORD}
    return str(client.post(f"{reverse('login')}?next={follow}", body)["Location"])


def is_in(client: Client) -> bool:
    """Tell whether this client is logged in."""
    return bool(client.get(ME).status_code == 200)


def offered(client: Client) -> tuple[str, Authenticator]:
    """Return what the page offers, and an app that has read it."""
    page = client.get(SET_UP).content.decode()
    offer, secret = re.search(r'name="offer" value="([^"]+)"', page), re.search(
        r"<code>([A-Z2-7 ]+)</code>", page
    )
    assert offer and secret and "<svg" in page
    return offer[1], Authenticator.reading(secret[1])


def events(*names: str) -> list[str]:
    return [*AuditEntry.objects.filter(event__in=names).order_by("id").values_list("event", flat=True)]


def test_it_is_set_up_by_a_code_and_its_recovery_codes_are_shown_once(client: Client, user: User) -> None:
    elsewhere = Client()
    for each in (client, elsewhere):
        assert password_of(each, user) == "/"
    Token.objects.create(user=user)
    offer, app = offered(client)
    body = {"offer": offer, "password": PASSWORD, "code": app.wrong()}

    assert "not good" in client.post(SET_UP, body).content.decode()
    assert "not your password" in client.post(SET_UP, body | {"password": "x"}).content.decode()
    assert not has_factor(user)
    done = client.post(f"{SET_UP}?next=/notes/", body | {"code": app.code()})

    codes = re.findall(r"<code>((?:[A-Z2-7]{4}-){3}[A-Z2-7]{4})</code>", done.content.decode())
    assert len(set(codes)) == 10
    assert 'href="/notes/"' in done.content.decode()
    assert done["Cache-Control"].endswith("private")
    assert has_factor(user)
    assert (is_in(client), is_in(elsewhere), Token.objects.exists()) == (True, False, False)
    assert client.get(SET_UP)["Location"] == reverse("security")
    assert events("factor_added", "factor_removed") == ["factor_added"]
    assert codes[0] not in client.get(reverse("security")).content.decode()


@pytest.mark.parametrize("name", ["api-token", "token-pair"])
def test_tokens_from_before_it_end(client: Client, api: APIClient, user: User, name: str) -> None:
    try:
        given = api.post(reverse(name), {"email": user.email, "password": PASSWORD}).json()
    except NoReverseMatch:
        pytest.skip("this project has no such tokens")
    header = f"Token {given['token']}" if "token" in given else f"Bearer {given['access']}"
    api.credentials(HTTP_AUTHORIZATION=header)
    assert api.get(ME).status_code == 200
    password_of(client, user)
    offer, app = offered(client)
    client.post(SET_UP, {"offer": offer, "password": PASSWORD, "code": app.code()})
    assert has_factor(user)
    assert api.get(ME).status_code == 401


@pytest.mark.parametrize("name", ["api-token", "token-pair"])
def test_a_log_in_that_was_on_its_way_when_it_was_set_up_gets_no_token(
    api: APIClient, user: User, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    try:
        path = reverse(name)
    except NoReverseMatch:
        pytest.skip("this project has no such tokens")
    looked = []

    def looks(user: User) -> bool:
        looked.append(has_factor(user))
        if len(looked) == 1:
            Authenticator.of(user)
        return looked[-1]

    monkeypatch.setattr("apps.accounts.api.tokens.has_factor", looks)
    answer = api.post(path, {"email": user.email, "password": PASSWORD})
    assert (answer.status_code, answer.json()["code"], looked) == (401, "code_required", [False, True])
    assert not Token.objects.exists()


def test_an_offer_of_another_or_of_long_ago_is_not_taken(client: Client, user: User) -> None:
    theirs, other = Client(), UserFactory.create()
    password_of(theirs, other)
    password_of(client, user)
    offer, app = offered(theirs)
    for wrong in (offer, "", "x"):
        answer = client.post(f"{SET_UP}?next=/x/", {"offer": wrong, "password": PASSWORD, "code": app.code()})
        assert answer["Location"] == f"{SET_UP}?next=%2Fx%2F"
    assert not has_factor(user)


def test_the_password_alone_opens_nothing(client: Client, user: User) -> None:
    app = Authenticator.of(user)
    assert password_of(client, user, "/accounts/security/") == f"{CODE}?next=/accounts/security/"
    assert SESSION_KEY not in client.session and not is_in(client)
    assert User.objects.get(pk=user.pk).last_login is None

    assert "not good" in client.post(CODE, {"code": app.wrong()}).content.decode()
    assert not is_in(client)
    done = client.post(f"{CODE}?next=/accounts/security/", {"code": app.code()})

    assert done["Location"] == "/accounts/security/"
    assert is_in(client)
    assert events("logged_in", "code_refused") == ["code_refused", "logged_in"]
    assert client.get(CODE)["Location"] == "/"


def test_the_session_s_key_changes_with_each_step(client: Client, user: User) -> None:
    client.get("/")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies[project.SESSION_COOKIE_NAME] = str(session.session_key)
    app, keys = Authenticator.of(user), {session.session_key}
    password_of(client, user)
    keys.add(client.session.session_key)
    client.post(CODE, {"code": app.code()})
    keys.add(client.session.session_key)
    assert len(keys) == 3


def test_a_code_that_was_used_logs_nobody_in(client: Client, user: User) -> None:
    code = Authenticator.of(user).code()
    password_of(client, user)
    assert client.post(CODE, {"code": code}).status_code == 302
    again = Client()
    password_of(again, user)
    assert again.post(CODE, {"code": code}).status_code == 200
    assert not is_in(again)


def test_a_recovery_code_logs_in_once(client: Client, user: User) -> None:
    code = Authenticator.of(user).factor.recovery_codes[3]
    for each, status in ((client, 302), (Client(), 200)):
        password_of(each, user)
        assert each.post(CODE, {"code": code}).status_code == status
    assert events("recovery_code_used") == ["recovery_code_used"]


@pytest.mark.parametrize("end", ["time", "password", "disabled", "deleted"])
def test_half_a_log_in_ends(client: Client, user: User, end: str) -> None:
    app, later = Authenticator.of(user), 0
    password_of(client, user)
    assert client.get(CODE).status_code == 200
    match end:
        case "time":
            later = SECONDS + 1
        case "password":
            user_password_set(user, "a-quite-different-passphrase")
        case "disabled":
            User.objects.update(is_active=False)
        case "deleted":
            user.delete()

    with time_machine.travel(timezone.now() + timedelta(seconds=later)):
        for answer in (client.get(CODE), client.post(CODE, {"code": app.code()})):
            assert answer["Location"].startswith(reverse("login"))
    assert SESSION_KEY not in client.session


def test_without_a_password_there_is_no_page_for_codes(client: Client, user: User) -> None:
    answer = client.post(CODE, {"code": Authenticator.of(user).code()})
    assert answer["Location"].startswith(reverse("login"))


@pytest.mark.parametrize("value", ["https://attacker.example/", "//attacker.example", "/\\attacker.example"])
def test_nobody_is_sent_elsewhere(client: Client, user: User, value: str) -> None:
    app = Authenticator.of(user)
    assert password_of(client, user, value) == f"{CODE}?next=/"
    assert client.post(f"{CODE}?next={value}", {"code": app.code()})["Location"] == "/"


def test_it_is_removed_by_password_and_code(client: Client, user: User) -> None:
    app = Authenticator.of(user)
    elsewhere = Client()
    for each in (client, elsewhere):
        password_of(each, user)
        each.post(CODE, {"code": app.code()})
    body = {"password": PASSWORD, "code": app.wrong()}
    assert client.post(REMOVE, body).status_code == 200
    code = app.code()
    assert client.post(REMOVE, {"password": "x", "code": code}).status_code == 200
    assert has_factor(user)

    assert client.post(REMOVE, body | {"code": code})["Location"] == reverse("security")

    assert not has_factor(user)
    assert (is_in(client), is_in(elsewhere)) == (True, False)
    assert events("factor_added", "factor_removed") == ["factor_removed"]
    assert password_of(Client(), user) == "/"
    assert client.get(REMOVE)["Location"] == reverse("security")


def test_its_pages_are_for_those_who_are_logged_in(client: Client) -> None:
    for path in (SET_UP, REMOVE, reverse("security")):
        assert client.get(path)["Location"].startswith(reverse("login"))
        assert client.post(path)["Location"].startswith(reverse("login"))


@pytest.mark.parametrize("name", ["api-token", "token-pair"])
def test_the_api_gives_no_token_without_a_code(api: APIClient, user: User, name: str) -> None:
    try:
        path = reverse(name)
    except NoReverseMatch:
        pytest.skip("this project has no such tokens")
    body = {"email": user.email, "password": PASSWORD}
    assert api.post(path, body).status_code == 200
    app = Authenticator.of(user)

    def code_of(**more: str) -> tuple[int, str]:
        answer = api.post(path, body | more)
        return answer.status_code, answer.json().get("code", "")

    user.refresh_from_db()
    before = user.last_login
    assert code_of() == (401, "code_required")
    assert code_of(code=app.wrong()) == (401, "code_invalid")
    assert code_of(code="") == (400, "invalid")
    assert code_of(password="wrong", code=app.wrong()) == code_of(password="wrong")
    user.refresh_from_db()
    assert user.last_login == before
    code = app.code()
    assert code_of(code=code) == (200, "")
    assert code_of(code=code) == (401, "code_invalid")
    assert code_of(code=app.factor.recovery_codes[0]) == (200, "")


def test_who_has_none_may_send_a_code(api: APIClient, user: User) -> None:
    body = {"email": user.email, "password": PASSWORD, "code": "123456"}
    assert api.post(reverse("api-token"), body).status_code == 200


def test_a_superuser_helps_those_who_have_lost_it(client: Client, user: User) -> None:
    app, theirs = Authenticator.of(user), Client()
    password_of(theirs, user)
    theirs.post(CODE, {"code": app.code()})
    form = {"action": "factors_remove", "_selected_action": [user.pk]}
    users = reverse("admin:accounts_user_changelist")

    staff = UserFactory.create(is_staff=True)
    staff.user_permissions.set(Permission.objects.filter(content_type__model="user"))
    client.force_login(staff)
    client.post(users, form)
    assert has_factor(user)

    client.force_login(UserFactory.create(admin=True))
    assert client.post(users, form).status_code == 302
    assert not has_factor(user)
    assert not is_in(theirs)


@pytest.mark.parametrize("path", ["otp_totp/totpdevice/", "otp_static/staticdevice/"])
def test_nobody_gives_others_a_factor_in_the_admin(admin_client: Client, path: str) -> None:
    assert admin_client.get(f"/{project.ADMIN_PATH}{path}").status_code == 404


def test_who_has_a_factor_can_be_deleted(admin_client: Client, user: User) -> None:
    Authenticator.of(user)
    admin_client.post(reverse("admin:accounts_user_delete", args=[user.pk]), {"post": "yes"})
    assert not User.objects.filter(pk=user.pk).exists()


def test_pages_that_ask_for_their_user_pay_nothing_for_it(client: Client, user: User) -> None:
    seen = []
    for app in (None, Authenticator.of(user)):
        if app:
            password_of(client, user)
            client.post(CODE, {"code": app.code()})
        else:
            client.force_login(user)
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        seen.append(len(queries))
        client.logout()
    assert seen[0] == seen[1] <= 2
