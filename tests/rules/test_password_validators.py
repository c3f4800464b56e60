"""password-validators."""

import pytest

from tests.rules.django import django
from tests.rules.repo import Break, flags, passes

BREAK = Break("config/settings.py", "AUTH_PASSWORD_VALIDATORS = [", "OTHER_VALIDATORS = [")


APPS = "INSTALLED_APPS = ['django.contrib.auth']\n"


@pytest.mark.parametrize(
    "text",
    [
        "AUTH_PASSWORD_VALIDATORS = [{'NAME': 'own.Validator'}]",
        "AUTH_PASSWORD_VALIDATORS = [{'NAME': name} for name in names]",
        "AUTH_PASSWORD_VALIDATORS = [] if DEBUG else [{'NAME': 'x'}]",
        "from elsewhere import *",
    ],
)
def test_checked(text: str) -> None:
    passes("password-validators", django(APPS + text))


def test_without_users_there_are_no_passwords() -> None:
    passes("password-validators", django("INSTALLED_APPS = []"))


def test_unchecked() -> None:
    flags("password-validators", django(APPS), "config/settings.py is not set")
    flags(
        "password-validators", django(APPS + "AUTH_PASSWORD_VALIDATORS = []"), "config/settings.py:3 is empty"
    )
