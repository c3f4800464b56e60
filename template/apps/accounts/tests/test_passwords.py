"""What a password may be, and how it is taken."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.services import words
from apps.accounts.services.signup import signup_token
from apps.accounts.tests.factories import PASSWORD
from apps.accounts.tests.test_pages import link
from stack.environment import PROJECT_NAME, PROJECT_SLUG
from tests.commits import Commit

pytestmark = pytest.mark.django_db
ANYTHING = [
    "onlysmallletters",
    "ONLYCAPITALS",
    "86497213905",
    "~~~ ?! ~~~",
    "暗号は自由に選べる",
    " Blanks, Größe & 🐎🔋: " * 20,
]


def log_in(email: str, password: str) -> int:
    """Return the status of the answer: 302 is in, 200 the form again."""
    return Client().post(reverse("login"), {"username": email, "password": password}).status_code


@pytest.mark.asvs("6.2.5", "6.2.8", "6.2.9")
@pytest.mark.parametrize("password", ANYTHING)
def test_any_characters_will_do_and_are_taken_exactly_as_they_are(
    client: Client, user: User, password: str
) -> None:
    client.force_login(user)
    form = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}

    assert client.post(reverse("password_change"), form).status_code == 302

    assert log_in(user.email, password) == 302
    others = {password.strip(), password.swapcase(), password[:-1], password[:72], password + " "} - {
        password
    }
    assert len(others) >= 2
    assert {log_in(user.email, other) for other in others} == {200}


@pytest.mark.asvs("6.2.10")
def test_a_password_lasts_until_it_is_changed(user: User) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=3650), tick=False):
        assert log_in(user.email, PASSWORD) == 302


@pytest.mark.asvs("6.2.11")
@pytest.mark.parametrize(
    "password",
    [
        "Admin-2026",
        "passwordpassword1",
        f"{PROJECT_SLUG}-2026",
        f"{PROJECT_NAME} 1!".upper(),
        "Welcome.Staff",
    ],
)
def test_words_that_everybody_would_try_do_not_make_a_password(user: User, password: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(password, user)
    assert "password_of_own_words" in {error.code for error in refused.value.error_list}
    validate_password(f"{password} and-a-horse", user)


@pytest.mark.parametrize("password", ["SÖHNE & CO 2026", "sohne_co-2026", "SohneCo-2026", "Söhneundco"])
def test_a_name_of_several_words_is_one_too(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    monkeypatch.setattr(words, "PROJECT_NAME", "Söhne & Co")
    monkeypatch.setattr(words, "PROJECT_SLUG", "sohne_co")
    with pytest.raises(ValidationError):
        words.OwnWordsValidator().validate(password)
    words.OwnWordsValidator().validate(f"{password} and-a-horse")


@pytest.mark.asvs("6.2.6", "6.2.7")
def test_fields_of_passwords_hide_them_and_let_password_managers_do_their_work(
    client: Client, user: User, commit: Commit
) -> None:
    known = Client()
    known.force_login(user)
    with commit():
        client.post(reverse("password_reset"), {"email": user.email})
    pages = [
        client.get(reverse("login")),
        client.get(reverse("signup_confirm", args=[signup_token("new@example.com")])),
        client.get(link(), follow=True),
        known.get(reverse("password_change")),
    ]
    for page in pages:
        fields = re.findall(r"<input[^>]*name=\"[^\"]*password[^>]*>", page.content.decode())
        assert fields, page.request
        for field in fields:
            assert 'type="password"' in field
            assert re.search('autocomplete="(current|new)-password"', field)
            assert not re.search("onpaste|readonly|maxlength", field)
