"""querycount-wired."""

from tests.rules.django import django
from tests.rules.repo import Break, flags, passes

BREAK = Break("stack/development/settings.py", '        "querycount.middleware.QueryCountMiddleware",\n')


COUNTER = "querycount.middleware.QueryCountMiddleware"


def test_wired() -> None:
    passes(
        "querycount-wired",
        django(f"MIDDLEWARE = []\nif DEBUG:\n    MIDDLEWARE += ['{COUNTER}']", "django-querycount"),
    )


def test_not_installed_or_not_told() -> None:
    passes("querycount-wired", django("MIDDLEWARE = []"))
    passes("querycount-wired", django("MIDDLEWARE = [*more()]", "django-querycount"))


def test_not_wired() -> None:
    flags(
        "querycount-wired",
        django(f"MIDDLEWARE = []  # {COUNTER}", "django-querycount"),
        "pyproject.toml:4 counts nothing",
    )
