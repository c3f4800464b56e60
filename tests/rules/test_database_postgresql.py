"""database-postgresql."""

import pytest

from tests.rules.django import django, split
from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "stack/postgresql/settings.py",
    '"ENGINE": "django.db.backends.postgresql"',
    '"ENGINE": "django.db.backends.mysql"',
)


@pytest.mark.parametrize(
    "text",
    [
        "{'ENGINE': 'django.db.backends.postgresql'}",
        "{'ENGINE': 'django.contrib.gis.db.backends.postgis'}",
        "{'ENGINE': 'django_tenants.postgresql_backend'}",
        "{'ENGINE': 'somebody.backend'}",
        "env.db('DATABASE_URL', default='sqlite:///db.sqlite3')",
        "{'ENGINE': os.environ.get('ENGINE', 'django.db.backends.sqlite3')}",
        "{'ENGINE': 'django.db.backends.sqlite3'} if DEBUG else env.db()",
    ],
)
def test_postgresql_or_not_told(text: str) -> None:
    passes("database-postgresql", django(f"DATABASES = {{'default': {text}}}"))


@pytest.mark.parametrize("engine", ["sqlite3", "mysql", "oracle"])
def test_others(engine: str) -> None:
    text = f"DATABASES = {{\n    'default': {{\n        'ENGINE': 'django.db.backends.{engine}',\n    }}\n}}"
    flags("database-postgresql", django(text), f"config/settings.py:4 django.db.backends.{engine}")


def test_no_database_at_all() -> None:
    flags("database-postgresql", django(""), "config/settings.py DATABASES is not set")


def test_development_may_have_another() -> None:
    passes(
        "database-postgresql",
        split("", "DATABASES = {'default': env.db()}", "DATABASES['default']['ENGINE'] = 'x.sqlite3'"),
    )
