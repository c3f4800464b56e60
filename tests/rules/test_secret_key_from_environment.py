"""secret-key-from-environment."""

import pytest

from tests.rules.django import django, split
from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "config/settings.py",
    'SECRET_KEY = secret("SECRET_KEY")',
    'SECRET_KEY = "a-key-that-is-in-the-repository"',
)


@pytest.mark.parametrize(
    "text",
    [
        "SECRET_KEY = env('SECRET_KEY')",
        "SECRET_KEY = os.environ['SECRET_KEY']",
        "SECRET_KEY = config('SECRET_KEY')",
        "SECRET_KEY = os.getenv('SECRET_KEY', '')",
        "SECRET_KEY = get_random_secret_key()",
        "SECRET_KEY = open('/run/secrets/key').read()",
        "SECRET_KEY = 'x' if DEBUG else env('SECRET_KEY')",
        "SECRET_KEY = env('SECRET_KEY', default='x' if DEBUG else None)",
        "if DEBUG:\n    SECRET_KEY = 'x'\nelse:\n    SECRET_KEY = os.environ['SECRET_KEY']",
        "",
    ],
)
def test_from_the_environment(text: str) -> None:
    passes("secret-key-from-environment", django(text))


def test_development_may_have_a_constant() -> None:
    passes("secret-key-from-environment", split("", "SECRET_KEY = env('KEY')", "SECRET_KEY = 'x'"))


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("SECRET_KEY = 'django-insecure-x'", "written in the settings"),
        ("SECRET_KEY = env('SECRET_KEY', default='x')", "if SECRET_KEY is not set"),
        ("SECRET_KEY = os.environ.get('DJANGO_KEY') or 'x'", "if DJANGO_KEY is not set"),
        ("SECRET_KEY = os.getenv('KEY') if os.getenv('KEY') else 'x'", "if KEY is not set"),
    ],
)
def test_a_key_that_is_known(text: str, fact: str) -> None:
    flags("secret-key-from-environment", django(text), f"config/settings.py:2 {fact}")


def test_a_key_of_the_base_counts_unless_production_has_its_own() -> None:
    flags("secret-key-from-environment", split("SECRET_KEY = 'x'"), "config/settings/base.py:2 written")
    passes("secret-key-from-environment", split("SECRET_KEY = 'x'", "SECRET_KEY = env('KEY')"))


KNOWN = "import os, sys\nKNOWN = 'unsafe'\nSECRET_KEY = os.getenv('SECRET_KEY', KNOWN)\n"


@pytest.mark.parametrize("end", ["raise ImproperlyConfigured('set it')", "print('set it')\n    sys.exit(1)"])
def test_a_default_that_ends_the_process(end: str) -> None:
    passes("secret-key-from-environment", django(f"{KNOWN}if not DEBUG and SECRET_KEY == KNOWN:\n    {end}"))


@pytest.mark.parametrize(
    "more", ["if SECRET_KEY == KNOWN:\n    print('set it')", "if SECRET_KEY:\n    sys.exit(1)"]
)
def test_a_default_that_does_not(more: str) -> None:
    flags("secret-key-from-environment", django(f"{KNOWN}{more}"), "config/settings.py:4 has a default")


def test_a_fallback_for_a_file_that_is_not_there() -> None:
    text = (
        "try:\n    SECRETS = json.load(open('secrets.json'))\nexcept OSError:\n    SECRETS = {'key': 'a'}\n"
        "SECRET_KEY = str(SECRETS['key'])"
    )
    flags("secret-key-from-environment", django(text), "config/settings.py:6 falls back on one")
