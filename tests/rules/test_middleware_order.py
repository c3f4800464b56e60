"""middleware-order."""

import pytest

from tests.rules.django import django
from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "config/settings.py",
    '    "corsheaders.middleware.CorsMiddleware",\n',
    more=(
        Break(
            "config/settings.py",
            '    "django.middleware.csrf.CsrfViewMiddleware",\n',
            '    "django.middleware.csrf.CsrfViewMiddleware",\n'
            '    "corsheaders.middleware.CorsMiddleware",\n',
        ),
    ),
)


SECURITY = "django.middleware.security.SecurityMiddleware"
WHITENOISE = "whitenoise.middleware.WhiteNoiseMiddleware"
CORS = "corsheaders.middleware.CorsMiddleware"
SESSION = "django.contrib.sessions.middleware.SessionMiddleware"
LOCALE = "django.middleware.locale.LocaleMiddleware"
COMMON = "django.middleware.common.CommonMiddleware"
CSRF = "django.middleware.csrf.CsrfViewMiddleware"
AUTHENTICATION = "django.contrib.auth.middleware.AuthenticationMiddleware"
MESSAGES = "django.contrib.messages.middleware.MessageMiddleware"
RIGHT = [SECURITY, WHITENOISE, CORS, SESSION, LOCALE, COMMON, CSRF, AUTHENTICATION, MESSAGES]


def middleware(names: list[str], more: str = "") -> dict[str, str]:
    lines = "".join(f"    {name!r},\n" for name in names)
    return django(f"MIDDLEWARE = [\n{lines}]\n{more}")


def moved(name: str, to: int) -> list[str]:
    rest = [one for one in RIGHT if one != name]
    return [*rest[:to], name, *rest[to:]]


def test_the_right_order() -> None:
    passes("middleware-order", middleware(RIGHT))
    passes("middleware-order", middleware([SECURITY, CORS, WHITENOISE, SESSION, COMMON]))
    passes("middleware-order", middleware(["own.middleware.first", *RIGHT]))


@pytest.mark.parametrize(
    ("name", "to", "line"),
    [
        (WHITENOISE, 8, 11),
        (SECURITY, 4, 7),
        (CORS, 6, 9),
        (SESSION, 8, 11),
        (AUTHENTICATION, 0, 3),
        (LOCALE, 8, 11),
    ],
)
def test_one_out_of_place_is_one_finding(name: str, to: int, line: int) -> None:
    flags("middleware-order", middleware(moved(name, to)), f"config/settings.py:{line} stands below")


def test_a_class_on_it_is_as_good() -> None:
    own = "from whitenoise.middleware import WhiteNoiseMiddleware\n"
    own += "class Files(WhiteNoiseMiddleware):\n    pass\n"
    files = {"own/middleware.py": own}
    names = [SECURITY, *RIGHT[2:], "own.middleware.Files"]
    flags(
        "middleware-order",
        middleware(names) | files,
        "config/settings.py:11 own.middleware.Files stands below",
    )


def test_what_is_inserted() -> None:
    rest = [name for name in RIGHT if name != WHITENOISE]
    at = f"MIDDLEWARE.index({SECURITY!r}) + 1"
    passes("middleware-order", middleware(rest, f"MIDDLEWARE.insert({at}, {WHITENOISE!r})"))
    passes("middleware-order", middleware(rest, f"MIDDLEWARE.insert(place(), {WHITENOISE!r})"))
    flags(
        "middleware-order",
        middleware(rest, f"MIDDLEWARE.append({WHITENOISE!r})"),
        "config/settings.py:12 stands below",
    )


def test_the_toolbar_is_below_what_compresses() -> None:
    gzip, toolbar = "django.middleware.gzip.GZipMiddleware", "debug_toolbar.middleware.DebugToolbarMiddleware"
    passes("middleware-order", middleware([gzip], f"if DEBUG:\n    MIDDLEWARE += [{toolbar!r}]"))
    flags(
        "middleware-order",
        middleware([gzip], f"if DEBUG:\n    MIDDLEWARE.insert(0, {toolbar!r})"),
        "config/settings.py:3 stands",
    )


def test_lists_that_exclude_each_other() -> None:
    passes("middleware-order", middleware(RIGHT, f"if FLAG:\n    MIDDLEWARE = [{COMMON!r}, {SECURITY!r}]"))
