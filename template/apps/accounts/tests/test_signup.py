"""Signing up, by the pages and by the API."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.core import mail, signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.accounts.services.signup import SALT, signup_token
from apps.accounts.tests.factories import UserFactory
from tests.commits import Commit

pytestmark = pytest.mark.django_db
PASSWORD = "a-quite-good-passphrase"
NEWCOMER = "grace@example.com"


def field_errors(response: object) -> dict[str, str]:
    """Return the code of each field that a problem document complains of."""
    body = response.json()  # type: ignore[attr-defined]
    return {error["field"]: error["code"] for error in body["errors"]}


@pytest.mark.asvs("2.3.1")
@pytest.mark.proves("django-auth")
def test_a_sign_up_by_the_pages(client: Client, commit: Commit) -> None:
    with commit():
        done = client.post(reverse("signup"), {"email": "Grace@Example.com"}, follow=True)
    assert "Look into your mailbox" in done.content.decode()
    assert not User.objects.exists()
    (message,) = mail.outbox
    assert message.to == [NEWCOMER]
    found = re.search(r"http://testserver(/accounts/signup/\S+)", str(message.body))
    assert found

    assert NEWCOMER in client.get(found[1]).content.decode()
    answers = {"first_name": "Grace", "password": PASSWORD, "password_again": PASSWORD}
    ready = client.post(found[1], answers, follow=True)

    assert ready.redirect_chain == [(reverse("login"), 302)]
    assert "Your account is ready" in ready.content.decode()
    user = authenticate(username=NEWCOMER, password=PASSWORD)
    assert isinstance(user, User)
    assert (user.first_name, user.is_staff, user.is_superuser) == ("Grace", False, False)


def test_the_answer_does_not_tell_whether_the_address_is_taken(
    client: Client, user: User, commit: Commit
) -> None:
    pages = []
    for email in (user.email.upper(), NEWCOMER):
        with commit():
            page = client.post(reverse("signup"), {"email": email}, follow=True).content
            pages.append(re.sub(rb'nonce="[^"]+"', b"", page))  # new in every answer

    taken, free = (message.body for message in mail.outbox)
    assert pages[0] == pages[1]
    assert "It has one already" in taken and "/accounts/signup/" not in taken
    assert "/accounts/signup/" in free


@pytest.mark.asvs("2.2.2", "2.2.3")
@pytest.mark.parametrize(
    ("answers", "complaint"),
    [
        ({"password": "1234", "password_again": "1234"}, "too short"),
        ({"password": NEWCOMER, "password_again": NEWCOMER}, "too similar"),
        ({"password": PASSWORD, "password_again": "another"}, "match"),
    ],
)
def test_the_form_refuses_a_bad_password(client: Client, answers: dict[str, str], complaint: str) -> None:
    response = client.post(reverse("signup_confirm", args=[signup_token(NEWCOMER)]), answers)

    assert complaint in response.content.decode()
    assert not User.objects.exists()


@pytest.mark.asvs("6.4.1")
def test_a_link_is_used_once(client: Client, user: User) -> None:
    address = reverse("signup_confirm", args=[signup_token(user.email)])

    response = client.post(address, {"password": PASSWORD, "password_again": PASSWORD})

    assert "This link was used already." in response.content.decode()
    assert authenticate(username=user.email, password=PASSWORD) is None


@pytest.mark.asvs("9.1.1", "9.2.2")
@pytest.mark.parametrize(
    "token",
    [
        "nonsense",
        "a:b:c",
        "ImdyYWNlQGV4YW1wbGUuY29tIg:1xVCIw:iZzIj997qNs-rklMWsC3R3AXTtj5XEcfBPz8JGm1Sf-",
        signing.dumps(NEWCOMER, salt="another purpose"),
        signing.dumps(NEWCOMER, key="another key", salt=SALT),
    ],
    # Some have the time in them, which is another in every process.
    ids=["nonsense", "parts", "another signature", "another purpose", "another key"],
)
def test_a_forged_link_leads_back(client: Client, token: str) -> None:
    response = client.get(reverse("signup_confirm", args=[token]), follow=True)

    assert response.redirect_chain == [(reverse("signup"), 302)]
    assert "not valid any more" in response.content.decode()


@pytest.mark.asvs("6.4.1", "9.2.1")
def test_a_link_lasts_a_day(client: Client) -> None:
    address = reverse("signup_confirm", args=[signup_token(NEWCOMER)])

    with time_machine.travel(timezone.now() + timedelta(hours=23), tick=False):
        assert client.get(address).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        assert client.get(address).status_code == 302


@pytest.mark.proves("apiclient")
def test_a_sign_up_by_the_api(api: APIClient, commit: Commit) -> None:
    with commit():
        assert api.post("/api/v1/auth/signup/", {"email": NEWCOMER}).status_code == 202
    token = re.search(r"/accounts/signup/(\S+)/", str(mail.outbox[0].body))
    assert token

    body = {"token": token[1], "password": PASSWORD, "last_name": "Hopper"}
    response = api.post("/api/v1/users/", body)

    assert response.status_code == 201
    assert response.json() | {"date_joined": ""} == {
        "email": NEWCOMER,
        "first_name": "",
        "last_name": "Hopper",
        "date_joined": "",
    }
    again = api.post("/api/v1/users/", body)
    assert (again.status_code, field_errors(again)) == (422, {"/token": "expired"})


@pytest.mark.asvs("2.3.1", "6.2.4", "15.3.3")
@pytest.mark.parametrize(
    ("change", "status", "errors"),
    [
        ({"password": "trustno1"}, 422, {"/password": "password_too_common"}),
        ({"token": "nonsense"}, 422, {"/token": "expired"}),
        ({"is_staff": True}, 400, {"/is_staff": "unknown"}),
        ({"first_name": "x" * 151}, 400, {"/first_name": "max_length"}),
        ({"password": ""}, 400, {"/password": "blank"}),
    ],
)
def test_the_api_refuses_a_bad_sign_up(
    api: APIClient, change: dict[str, object], status: int, errors: dict[str, str]
) -> None:
    body = {"token": signup_token(NEWCOMER), "password": PASSWORD}

    response = api.post("/api/v1/users/", body | change)

    assert (response.status_code, field_errors(response)) == (status, errors)
    assert not User.objects.exists()


@pytest.mark.asvs("1.3.11")
@pytest.mark.parametrize(
    "email",
    [
        "ada",
        "ada@example.com\nBcc: x@example.com",
        f"ada@{'x' * 64}.com",
        f"ada@{'é' * 60}.com",  # a valid label, until it is encoded for the DNS
        f"{'a' * 64}@{'.'.join(['İ' * 25] * 7)}.com",  # 250 characters, and more in lower case
        "ada@[127.0.0.1]",
        "ada@[IPv6:::1]",
        '"ada\x01"@example.com',
        '"ada\x7f"@example.com',
    ],
)
def test_no_mail_is_sent_where_none_can_go(
    api: APIClient, client: Client, commit: Commit, email: str
) -> None:
    with commit():
        refused = api.post("/api/v1/auth/signup/", {"email": email})
        form = client.post(reverse("signup"), {"email": email}).context["form"]

    assert refused.status_code == 400
    assert set(field_errors(refused)) == {"/email"}
    assert "email" in form.errors
    assert not mail.outbox


@pytest.mark.parametrize("email", ["customer@example\u3002com", "customer@mail.example\uff61com"])
def test_a_domain_is_kept_as_it_is_looked_up(
    api: APIClient, client: Client, commit: Commit, email: str
) -> None:
    with commit():
        assert api.post("/api/v1/auth/signup/", {"email": email}).status_code == 202
        assert client.post(reverse("signup"), {"email": email}).status_code == 302
    plain = email.replace("\u3002", ".").replace("\uff61", ".")
    assert [message.to for message in mail.outbox] == [[plain]] * 2

    UserFactory.create(email=plain)
    with commit():
        client.post(reverse("signup"), {"email": email})
        client.post(reverse("password_reset"), {"email": email})
    assert "It has one already" in mail.outbox[2].body
    assert mail.outbox[3].to == [plain]


@pytest.mark.asvs("6.4.3")
def test_links_lead_to_the_site_whatever_the_request_says(
    api: APIClient, client: Client, user: User, settings: Settings, commit: Commit
) -> None:
    settings.SITE_ORIGIN = "https://www.example.com"
    with commit():
        client.post(reverse("password_reset"), {"email": user.email})
        client.post(reverse("signup"), {"email": NEWCOMER})
        api.post("/api/v1/auth/signup/", {"email": NEWCOMER})
    assert len(mail.outbox) == 3
    for message in mail.outbox:
        assert re.findall(r"https?://[^/\s]+/", str(message.body)) == ["https://www.example.com/"]


def test_a_used_link_costs_no_hash(client: Client, user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(User, "set_password", lambda *_: pytest.fail("a password was hashed"))
    address = reverse("signup_confirm", args=[signup_token(user.email)])
    client.post(address, {"password": PASSWORD, "password_again": PASSWORD})


@pytest.mark.parametrize("email", ["ada@BÜCHER.example", "o'neill+shop@example.com", "ada@İstanbul.example"])
def test_unusual_addresses_get_their_mail(api: APIClient, commit: Commit, email: str) -> None:
    with commit():
        assert api.post("/api/v1/auth/signup/", {"email": email}).status_code == 202
    token = re.search(r"/accounts/signup/(\S+)/", str(mail.outbox[0].body))
    assert token

    created = api.post("/api/v1/users/", {"token": token[1], "password": PASSWORD})

    assert (created.status_code, created.json()["email"]) == (201, email.lower())
