"""Passwords are kept by the slow hash of the settings; tests have a quick one."""

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD, UserFactory
from config import settings as project

SLOW = "argon2$argon2id$"


@pytest.mark.asvs("11.2.2", "11.4.2")
@pytest.mark.django_db
def test_the_hash_is_slow_and_an_older_one_is_renewed_at_the_log_in(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = project.PASSWORD_HASHERS
    user = UserFactory.create()
    assert user.password.startswith(SLOW)

    User.objects.update(password=PBKDF2PasswordHasher().encode(PASSWORD, "a" * 22, 1000))
    answer = Client().post(reverse("login"), {"username": user.email, "password": PASSWORD})

    assert answer.status_code == 302
    user.refresh_from_db()
    assert user.password.startswith(SLOW)
