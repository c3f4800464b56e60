"""database-from-environment."""

import pytest

from tests.rules.django import django, split
from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "stack/postgresql/settings.py",
    '        "CONN_HEALTH_CHECKS": True,\n',
    '        "CONN_HEALTH_CHECKS": True,\n        "PASSWORD": "app",\n',
)


def database(text: str) -> dict[str, str]:
    return django(f"DATABASES = {{'default': {text}}}")


@pytest.mark.parametrize(
    "text",
    [
        "env.db('DATABASE_URL')",
        "env.db('DATABASE_URL', default='postgres://app:app@localhost/app')",
        "dj_database_url.config()",
        "dj_database_url.parse(os.environ['DATABASE_URL'])",
        "{'ENGINE': 'django.db.backends.postgresql', 'HOST': env('H'), 'PASSWORD': env('P')}",
        "{'ENGINE': 'django.db.backends.postgresql', 'HOST': 'db', 'PASSWORD': env('P')}",
        "{'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'db.sqlite3'}",
        "{'ENGINE': 'django.db.backends.postgresql', 'OPTIONS': {'service': 'shop'}}",
        "{**load(), 'HOST': 'db'}",
    ],
)
def test_from_the_environment(text: str) -> None:
    passes("database-from-environment", database(text))


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("{'ENGINE': 'x.postgresql', 'HOST': env('H'), 'PASSWORD': 'app'}", "password"),
        ("{'ENGINE': 'x.postgresql', 'HOST': '10.0.0.5', 'NAME': 'shop'}", "address"),
        ("dj_database_url.parse('postgres://app:app@db/app')", "address"),
    ],
)
def test_written_in_the_settings(text: str, fact: str) -> None:
    flags("database-from-environment", database(text), f"config/settings.py:2 the database's {fact}")


def test_development_may_have_a_password() -> None:
    passes(
        "database-from-environment",
        split(
            "",
            "DATABASES = {'default': env.db()}",
            "DATABASES = {'default': {'HOST': 'db', 'PASSWORD': 'app'}}",
        ),
    )
