"""csp-wired."""

import pytest

from tests.rules.django import django
from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "stack/browser/settings.py",
    "CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY_REPORT_ONLY = (",
    "POLICY, POLICY_REPORT_ONLY = (",
)


THERE = "MIDDLEWARE = ['csp.middleware.CSPMiddleware']\n"


@pytest.mark.parametrize(
    ("text", "package"),
    [
        (THERE + "CONTENT_SECURITY_POLICY = {'DIRECTIVES': {}}", "django-csp>=4"),
        (THERE + "CONTENT_SECURITY_POLICY_REPORT_ONLY = policy()", "django-csp>=4"),
        (THERE + "CSP_DEFAULT_SRC = ['self']", "django-csp>=3.8,<4"),
        (THERE + "CSP_DEFAULT_SRC = ['self']", "django-csp"),
        ("MIDDLEWARE = []", "django"),
        ("from elsewhere import *\nMIDDLEWARE += MORE", "django-csp>=4"),
    ],
)
def test_wired_or_not_told(text: str, package: str) -> None:
    passes("csp-wired", django(text, package))


def test_settings_of_version_three() -> None:
    text = THERE + "CSP_DEFAULT_SRC = ['self']"
    flags("csp-wired", django(text, "django-csp>=4.0"), "config/settings.py:3 CSP_DEFAULT_SRC does nothing")


def test_no_policy() -> None:
    flags("csp-wired", django(THERE, "django-csp>=4.0"), "config/settings.py has no policy")


def test_no_middleware() -> None:
    text = "MIDDLEWARE = []\nCONTENT_SECURITY_POLICY = {}"
    flags("csp-wired", django(text, "django-csp>=4.0"), "config/settings.py:2 sends nothing")
