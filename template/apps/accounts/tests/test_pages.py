"""Django's own pages: logging in and out, changing and resetting the password."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.authtoken.models import Token

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD, UserFactory
from stack.retention import clear_expired
from stack.sessions.models import Session
from tests.commits import Commit

pytestmark = pytest.mark.django_db
NEW = "a-quite-different-passphrase"


def log_in(client: Client, email: str, password: str = PASSWORD, follow: str = "") -> int:
    """Return the status of the log-in page's answer: 302 is in, 200 the form again."""
    address = reverse("login") + (f"?next={follow}" if follow else "")
    return client.post(address, {"username": email, "password": password}).status_code


def link() -> str:
    """Return the path in the one mail that was sent."""
    (message,) = mail.outbox
    found = re.search(r"http://testserver(/accounts/reset/\S+)", str(message.body))
    assert found, message.body
    return found[1]


@pytest.mark.asvs("3.5.3")
@pytest.mark.proves("django-auth")
def test_logging_in_and_out(client: Client, user: User) -> None:
    assert log_in(client, "Ada@Example.com") == 302
    assert user.email in client.get("/").content.decode()
    assert client.get(reverse("logout")).status_code == 405
    assert client.post(reverse("logout")).status_code == 302
    assert user.email not in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("email", "password"), [("nobody@example.com", PASSWORD), ("ada@example.com", "wrong")]
)
def test_an_unknown_user_and_a_wrong_password_look_alike(
    client: Client, user: User, email: str, password: str
) -> None:
    form = client.post(reverse("login"), {"username": email, "password": password}).context["form"]

    assert form.errors == {"__all__": ["Address and password do not match an active account."]}
    assert user.is_active


@pytest.mark.asvs("7.4.2")
@pytest.mark.proves("django-auth")
def test_a_disabled_user_is_kept_and_put_out(client: Client, user: User) -> None:
    assert log_in(client, user.email) == 302
    User.objects.update(is_active=False)

    assert client.get(reverse("password_change")).status_code == 302
    assert log_in(Client(), user.email) == 200


@pytest.mark.parametrize(
    ("wanted", "given"),
    [("/accounts/password_change/", "/accounts/password_change/"), ("//evil.example/", "/")],
)
def test_log_in_leads_on_within_the_site_only(client: Client, user: User, wanted: str, given: str) -> None:
    response = client.post(reverse("login"), {"username": user.email, "password": PASSWORD, "next": wanted})

    assert response.headers["Location"] == given


@pytest.mark.asvs("3.5.1")
def test_forms_are_refused_without_their_csrf_token(user: User) -> None:
    assert log_in(Client(enforce_csrf_checks=True), user.email) == 403


@pytest.mark.asvs("6.2.2", "7.4.3")
@pytest.mark.proves("django-auth")
def test_a_changed_password_ends_other_sessions_and_tokens(client: Client, user: User) -> None:
    elsewhere = Client()
    log_in(elsewhere, user.email)
    log_in(client, user.email)
    Token.objects.create(user=user)

    form = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    response = client.post(reverse("password_change"), form, follow=True)

    assert "Your password is changed" in response.content.decode()
    assert client.get(reverse("password_change")).status_code == 200
    assert elsewhere.get(reverse("password_change")).status_code == 302
    assert not Token.objects.exists()
    assert log_in(Client(), user.email) == 200
    assert log_in(Client(), user.email, NEW) == 302


@pytest.mark.asvs("6.2.1", "6.2.4")
@pytest.mark.proves("django-auth")
@pytest.mark.parametrize("weak", ["short1!", "trustno1", "ada@example.com"])
def test_weak_passwords_are_refused(client: Client, user: User, weak: str) -> None:
    client.force_login(user)

    form = {"old_password": PASSWORD, "new_password1": weak, "new_password2": weak}
    response = client.post(reverse("password_change"), form)

    assert "new_password2" in response.context["form"].errors
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.asvs("6.4.3", "7.4.3")
@pytest.mark.proves("django-auth")
def test_a_forgotten_password_is_reset_by_a_link_that_works_once(
    client: Client, user: User, commit: Commit
) -> None:
    Token.objects.create(user=user)
    with commit():
        response = client.post(reverse("password_reset"), {"email": "ADA@example.com"}, follow=True)
    assert "Look into your mailbox" in response.content.decode()
    assert mail.outbox[0].to == [user.email]

    form = client.get(link(), follow=True)
    assert 'type="password"' in form.content.decode()
    address = form.redirect_chain[-1][0]
    weak = client.post(address, {"new_password1": "1234", "new_password2": "1234"})
    assert "new_password2" in weak.context["form"].errors
    done = client.post(address, {"new_password1": NEW, "new_password2": NEW}, follow=True)

    assert "Your password is set" in done.content.decode()
    assert not Token.objects.exists()
    assert log_in(Client(), user.email, NEW) == 302
    assert "not valid any more" in Client().get(link(), follow=True).content.decode()


@pytest.mark.asvs("6.4.3")
@pytest.mark.parametrize("kind", ["unknown", "disabled", "without password"])
def test_nobody_else_gets_a_reset_mail_and_the_page_does_not_tell(
    client: Client, commit: Commit, kind: str
) -> None:
    if kind != "unknown":
        UserFactory.create(
            email="ada@example.com",
            disabled=kind == "disabled",
            **({} if kind == "disabled" else {"password": None}),
        )
    with commit():
        response = client.post(reverse("password_reset"), {"email": "ada@example.com"}, follow=True)

    assert "Look into your mailbox" in response.content.decode()
    assert not mail.outbox


def test_expired_sessions_are_purged(client: Client, user: User) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=15), tick=False):
        Client().force_login(user)
    client.force_login(user)
    assert Session.objects.count() == 2

    clear_expired()

    assert Session.objects.get().pk == client.session.session_key
