"""Migrations that would stop traffic are flagged, and no others; each is one that PostgreSQL really does."""

from collections.abc import Iterator
from importlib import import_module
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.operations import RunSQL
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pytest_django import DjangoDbBlocker, Settings

from stack.postgresql.lint import Finding, baseline, findings_of, lint
from stack.postgresql.lint.rules import RULES
from stack.postgresql.tests.corpus import BASE, LABEL, REFUSED, SAFE, UNSAFE, Case


def migration(operations: list[Operation], atomic: bool = True, **attributes: Any) -> Migration:
    kind = type(
        "Migration",
        (Migration,),
        {"operations": operations, "atomic": atomic, "initial": False} | attributes,
    )
    made: Migration = kind("0002_case", LABEL)
    return made


def flagged(case: Case, **attributes: Any) -> list[Finding]:
    state = ProjectState()
    for operation in (*BASE, *case.before):
        operation.state_forwards(LABEL, state)
    return list(findings_of(migration(case.operations, case.atomic, **attributes), state))


@pytest.fixture(name="server")
def fixture_server(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker  # pylint: disable=unused-argument
) -> Iterator[BaseDatabaseWrapper]:
    """A connection that commits; what it has left behind is dropped."""
    connections.databases[LABEL] = connections[DEFAULT_DB_ALIAS].settings_dict
    with django_db_blocker.unblock():
        connection = connections[LABEL]
        try:
            yield connection
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT tablename FROM pg_tables WHERE tablename LIKE %s", [f"{LABEL}%"])
                for (table,) in cursor.fetchall():
                    cursor.execute(f"DROP TABLE {table} CASCADE")
            connection.close()
            del connections[LABEL]
            del connections.databases[LABEL]


def apply(case: Case, server: BaseDatabaseWrapper) -> None:
    state = ProjectState()
    for one in (migration([*BASE, *case.before]), migration(case.operations, case.atomic)):
        with server.schema_editor(atomic=one.atomic) as editor:
            state = one.apply(state, editor)


@pytest.mark.django_db
@pytest.mark.proves("django-migrations")
@pytest.mark.parametrize("case", (UNSAFE | REFUSED).values(), ids=UNSAFE | REFUSED)
def test_what_stops_traffic_is_flagged(case: Case) -> None:
    findings = flagged(case)

    assert case.rule in {finding.rule for finding in findings}
    for finding in findings:
        assert str(finding).startswith(f"corpus.0002_case: {finding.rule}: {finding.operation}")
        assert finding.why and finding.instead


@pytest.mark.django_db
@pytest.mark.parametrize("case", SAFE.values(), ids=SAFE)
def test_what_does_not_is_not(case: Case) -> None:
    assert not flagged(case)


@pytest.mark.parametrize(
    "case", [*UNSAFE.values(), *SAFE.values()], ids=[*UNSAFE, *(f"safe {name}" for name in SAFE)]
)
def test_postgresql_does_it(case: Case, server: BaseDatabaseWrapper) -> None:
    apply(case, server)


def test_every_rule_has_a_case() -> None:
    assert {case.rule for case in (UNSAFE | REFUSED).values()} == {rule.name for rule in RULES}


@pytest.mark.django_db
def test_an_app_s_first_migration_is_free() -> None:
    first = migration([*BASE, *SAFE["a new table, with all there is"].operations], initial=None)

    assert not list(findings_of(first, ProjectState()))


@pytest.mark.django_db
def test_a_waiver_says_why() -> None:
    case = UNSAFE["index"]

    assert not flagged(case, lint_waivers={"index": "a few hundred rows"})
    assert {finding.rule for finding in flagged(case, lint_waivers={"index": " "})} == {"index", "waiver"}
    assert [finding.rule for finding in flagged(SAFE["index"], lint_waivers={"index": "no"})] == ["waiver"]


@pytest.mark.django_db
def test_the_project_s_own_migrations_are_safe() -> None:
    out = StringIO()
    call_command("lint_migrations", stdout=out)
    assert out.getvalue() == ""


@pytest.mark.django_db
def test_the_command_names_what_is_wrong(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    label, last = next(iter(baseline().items()))
    module = import_module(f"{apps.get_app_config(label).name}.migrations.{last}")
    unsafe = [*module.Migration.operations, RunSQL("LOCK TABLE auth_group", RunSQL.noop)]
    monkeypatch.setattr(module.Migration, "operations", unsafe)
    out = StringIO()

    with pytest.raises(CommandError, match="1 steps"):
        call_command("lint_migrations", label, stdout=out)
    assert f"{label}.{last}: lock: " in out.getvalue()

    settings.MIGRATIONS_LINTED_AFTER = baseline()
    assert lint() == []


def test_the_baseline_is_printed() -> None:
    out = StringIO()
    call_command("lint_migrations", baseline=True, stdout=out)
    assert out.getvalue().strip() == f"MIGRATIONS_LINTED_AFTER = {baseline()}"
