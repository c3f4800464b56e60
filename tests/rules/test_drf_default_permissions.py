"""drf-default-permissions."""

import pytest

from tests.rules.django import django
from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "stack/rest/settings.py",
    "rest_framework.permissions.IsAuthenticated",
    "rest_framework.permissions.AllowAny",
)


APPS = "INSTALLED_APPS = ['rest_framework']\n"


@pytest.mark.parametrize(
    "text",
    [
        "REST_FRAMEWORK = {'DEFAULT_PERMISSION_CLASSES': ['rest_framework.permissions.IsAuthenticated']}",
        "REST_FRAMEWORK = {'DEFAULT_PERMISSION_CLASSES': ['own.Permission']}",
        "REST_FRAMEWORK = {'DEFAULT_PERMISSION_CLASSES': classes()}",
        "REST_FRAMEWORK = rest()",
        "REST_FRAMEWORK = {**rest()}",
        "from elsewhere import *",
    ],
)
def test_closed_or_not_told(text: str) -> None:
    passes("drf-default-permissions", django(APPS + text))


def test_no_api() -> None:
    passes("drf-default-permissions", django("INSTALLED_APPS = []"))


def test_open() -> None:
    flags("drf-default-permissions", django(APPS), "config/settings.py no DEFAULT_PERMISSION_CLASSES")
    flags(
        "drf-default-permissions",
        django(APPS + "REST_FRAMEWORK = {'PAGE_SIZE': 20}"),
        "config/settings.py:3 no DEFAULT_PERM",
    )
    text = (
        "REST_FRAMEWORK = {\n    'DEFAULT_PERMISSION_CLASSES': ('rest_framework.permissions.AllowAny',),\n}"
    )
    flags("drf-default-permissions", django(APPS + text), "config/settings.py:4 lets everybody in")
