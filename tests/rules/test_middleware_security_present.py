"""middleware-security-present."""

import pytest

from tests.rules.django import django
from tests.rules.repo import Break, flags, passes

BREAK = Break("config/settings.py", '    "django.middleware.csrf.CsrfViewMiddleware",\n')


SECURITY = "django.middleware.security.SecurityMiddleware"
CSRF = "django.middleware.csrf.CsrfViewMiddleware"
FRAMES = "django.middleware.clickjacking.XFrameOptionsMiddleware"
SESSION = "django.contrib.sessions.middleware.SessionMiddleware"


def middleware(*names: str, more: str = "") -> dict[str, str]:
    return django(f"MIDDLEWARE = {list(names)}\n{more}")


def test_all_there() -> None:
    passes("middleware-security-present", middleware(SECURITY, SESSION, CSRF, FRAMES))


def test_an_api_without_sessions_needs_no_tokens_of_forms() -> None:
    passes("middleware-security-present", middleware(SECURITY, FRAMES))


def test_a_policy_keeps_pages_out_of_frames() -> None:
    passes("middleware-security-present", middleware(SECURITY, "csp.middleware.CSPMiddleware"))


def test_a_class_of_its_own_counts() -> None:
    own = "from django.middleware import csrf\nclass Tokens(csrf.CsrfViewMiddleware):\n    pass\n"
    passes(
        "middleware-security-present", middleware(SECURITY, SESSION, "own.Tokens", FRAMES) | {"own.py": own}
    )


@pytest.mark.parametrize("name", [SECURITY, CSRF, FRAMES])
def test_one_missing(name: str) -> None:
    names = [one for one in (SECURITY, SESSION, CSRF, FRAMES) if one != name]
    flags(
        "middleware-security-present",
        middleware(*names),
        f"config/settings.py:2 no {name.rpartition('.')[2]}",
    )


def test_a_comment_is_none() -> None:
    flags(
        "middleware-security-present",
        django(f"MIDDLEWARE = [\n    # '{SECURITY}',\n    '{FRAMES}',\n]"),
        "config/settings.py:2 no Sec",
    )


def test_what_is_not_known_is_not_told() -> None:
    passes("middleware-security-present", middleware(more="MIDDLEWARE += more()"))
    passes("middleware-security-present", django("from elsewhere import *"))
