"""Migrations: each can be undone, and none stops the traffic."""

from collections.abc import Iterator
from pkgutil import iter_modules
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib import __path__ as CONTRIB
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections
from pytest_django import DjangoDbBlocker

from stack.postgresql.lint import lint

OURS = [
    config.label
    for config in apps.get_app_configs()
    if config.name.startswith("apps.") and config.models_module is not None
]
EMPTY = "empty"
"""The alias of a database that nobody else uses."""

SCHEMA = """
    SELECT 'column', table_name, column_name, data_type || is_nullable || coalesce(column_default, '')
        FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'extension', extname, '', '' FROM pg_extension
"""


@pytest.fixture(name="database")
def _database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker  # pylint: disable=unused-argument
) -> Iterator[str]:
    name = f"test_migrations_{uuid4().hex}"
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        connections.databases[EMPTY] = connections.databases[DEFAULT_DB_ALIAS] | {"NAME": name}
        try:
            yield EMPTY
        finally:
            connections[EMPTY].close()
            del connections[EMPTY]
            del connections.databases[EMPTY]
            with connection.cursor() as cursor:
                cursor.execute(f"DROP DATABASE {name}")


def migrate(database: str, *target: str) -> None:
    call_command("migrate", *target, database=database, verbosity=0)


def schema(database: str) -> set[tuple[str, ...]]:
    with connections[database].cursor() as cursor:
        cursor.execute(SCHEMA)
        return set(cursor.fetchall())


@pytest.mark.asvs("6.3.2")
@pytest.mark.proves("django-migrations")
def test_each_app_goes_back_to_nothing_and_forth_again(database: str) -> None:
    migrate(database)
    assert (
        not get_user_model().objects.using(database).exists()
    )  # an account of the migrations' would be known to all
    whole = schema(database)
    for app in OURS:
        migrate(database, app, "zero")
        tables = {table for kind, table, *_ in schema(database) if kind == "column"}
        assert not {model._meta.db_table for model in apps.get_app_config(app).get_models()} & tables
        migrate(database)
        assert schema(database) == whole


@pytest.mark.django_db
@pytest.mark.parametrize("app", OURS)
def test_no_migration_stops_the_traffic(app: str) -> None:
    """A table that is locked while it is read, or a column that the release before still reads."""
    assert lint([app]) == []


def test_no_app_of_ours_has_the_label_of_one_of_django_s() -> None:
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith(("apps.", "stack."))}
    assert not ours & {module.name for module in iter_modules(CONTRIB)}
