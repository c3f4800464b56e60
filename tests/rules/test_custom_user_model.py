"""custom-user-model."""

from tests.rules.django import django
from tests.rules.repo import Break, flags, passes

BREAK = Break("config/settings.py", 'AUTH_USER_MODEL = "accounts.User"\n')


APPS = "INSTALLED_APPS = ['django.contrib.auth']\n"


def test_a_model_of_its_own() -> None:
    passes("custom-user-model", django(APPS + "AUTH_USER_MODEL = 'accounts.User'"))


def test_no_users_or_not_told() -> None:
    passes("custom-user-model", django("INSTALLED_APPS = []"))
    passes("custom-user-model", django(APPS + "from elsewhere import *"))


def test_djangos_own() -> None:
    flags("custom-user-model", django(APPS), "config/settings.py Django's own")
    flags(
        "custom-user-model",
        django(APPS + "AUTH_USER_MODEL = 'auth.User'"),
        "config/settings.py:3 Django's own",
    )
