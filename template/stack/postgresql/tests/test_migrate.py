"""Migrating a database that is in use, refuses the password, or is not there."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

from stack.postgresql.management.commands.migrate import ADVISORY_LOCK
from tests.processes import SECONDS, ended, free_port, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

WAITING = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
AND clock_timestamp() - query_start > make_interval(secs => %s)
"""
MIGRATION = """
from django.db import migrations

class Migration(migrations.Migration):
    atomic = {atomic}
    dependencies = {dependencies}
    operations = [migrations.RunSQL({sql!r})]
"""
PACKAGE = "migrations_of_a_test"
INDEX = "index_of_a_test"
CREATE_INDEX = f"CREATE INDEX CONCURRENTLY {INDEX} ON authtoken_token (created)"
NOTE_LOCK_TIMEOUT = (
    f"DO $$ BEGIN EXECUTE format('COMMENT ON INDEX {INDEX} IS %L', current_setting('lock_timeout')); END $$"
)


@pytest.fixture(name="other")
def _other() -> Iterator[BaseDatabaseWrapper]:
    """Somebody else's connection."""
    other = connection.copy()
    yield other
    other.close()


@pytest.fixture(name="write")
def _write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> Iterator[Callable[..., None]]:
    """Put migrations, each of them SQL and whether it is atomic, in the place of an app's own."""
    package = tmp_path / PACKAGE
    package.mkdir()
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    settings.MIGRATION_MODULES = {"authtoken": PACKAGE}

    def write(*migrations: tuple[str, bool]) -> None:
        dependencies: list[tuple[str, str]] = []
        for number, (sql, atomic) in enumerate(migrations, 9001):
            text = MIGRATION.format(sql=sql, atomic=atomic, dependencies=dependencies)
            (package / f"{number}_test.py").write_text(text)
            dependencies = [("authtoken", f"{number}_test")]

    yield write
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX IF EXISTS {INDEX}")
    MigrationRecorder(connection).migration_qs.filter(app="authtoken", name__endswith="_test").delete()
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


def migrate(*target: str, said: StringIO | None = None, limits: str = "", **options: Any) -> str:
    """Migrate in a thread's own connection, with these limits, and give what was said on the way."""
    said = said or StringIO()
    own = connections[DEFAULT_DB_ALIAS]
    own.settings_dict = own.settings_dict | {"OPTIONS": own.settings_dict["OPTIONS"] | {"options": limits}}
    try:
        call_command("migrate", *target, verbosity=0, stderr=said, **options)
    finally:
        connections.close_all()
    return said.getvalue()


def waiting(seconds: float = 0) -> bool:
    """Return whether a statement that is this old waits for a lock."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [seconds])
        return bool(cursor.fetchone()[0])


@pytest.mark.proves("django-migrations")
def test_a_migration_that_waits_lets_others_pass_and_is_tried_again(other: BaseDatabaseWrapper) -> None:
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM authtoken_token"
        )  # and a lock on it, until the end of the transaction
    with ThreadPoolExecutor(1) as pool:
        migrating = pool.submit(migrate, "authtoken", "zero")
        try:
            wait_until(waiting)
            started = time.monotonic()
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM authtoken_token")
            waited = time.monotonic() - started
            assert not migrating.done()
        finally:
            other.rollback()
        said = migrating.result(SECONDS)
    try:
        assert "waits for a lock" in said
        assert waited < 10, "the time-out is two seconds, the rest is room for a busy machine"
        assert "authtoken_token" not in connection.introspection.table_names()
    finally:
        call_command("migrate", "authtoken", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)  # a connection that is used again is as it was


def test_patience_with_a_lock_ends(other: BaseDatabaseWrapper) -> None:
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM authtoken_token")
    try:
        with pytest.raises(CommandError, match="pg_stat_activity"):
            call_command("migrate", "authtoken", "zero", verbosity=0, lock_wait=0)
    finally:
        other.rollback()
        call_command("migrate", "authtoken", verbosity=0)


def test_two_at_once_go_one_after_the_other(other: BaseDatabaseWrapper) -> None:
    said = StringIO()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
    with ThreadPoolExecutor(1) as pool:
        migrating = pool.submit(migrate, said=said)
        try:
            wait_until(lambda: "Another migrate" in said.getvalue())
            assert not migrating.done()
        finally:
            other.close()
        migrating.result(SECONDS)


@pytest.mark.parametrize("option", ["--check", "--plan"])
def test_who_only_looks_waits_for_nobody(other: BaseDatabaseWrapper, option: str) -> None:
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
    with ThreadPoolExecutor(1) as pool:
        try:
            assert pool.submit(migrate, option).result(SECONDS) == ""
        finally:
            other.close()


@pytest.mark.parametrize(
    ("limits", "held", "lock_timeout"),
    [
        ("", "LOCK TABLE authtoken_token IN ROW EXCLUSIVE MODE", "2s"),  # as one has it who writes
        ("-c lock_timeout=1s -c statement_timeout=1500ms", "SELECT 1", "1s"),
    ],
    ids=["writer", "snapshot"],
)
def test_an_index_is_made_concurrently_with_others_at_work(
    other: BaseDatabaseWrapper, write: Callable[..., None], limits: str, held: str, lock_timeout: str
) -> None:
    write((CREATE_INDEX, False), (NOTE_LOCK_TIMEOUT, True))
    said = StringIO()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")  # its snapshot stays, as pg_dump's
        cursor.execute(held)
    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(migrate, "authtoken", limits=limits)
        try:
            wait_until(lambda: first.done() or waiting())
            second = pool.submit(migrate, "authtoken", said=said, limits=limits)
            checking = pool.submit(migrate, "authtoken", "--check", limits=limits)
            with pytest.raises(SystemExit):  # there is something to do
                checking.result(SECONDS)
            wait_until(lambda: first.done() or second.done() or "Another migrate" in said.getvalue())
            wait_until(lambda: first.done() or second.done() or waiting(3))  # longer than the time-outs
        finally:
            other.rollback()
        first.result(SECONDS)
        second.result(SECONDS)
    assert said.getvalue().count("Another migrate") == 1
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indisvalid, obj_description(indexrelid) FROM pg_index WHERE indexrelid = %s::regclass",
            [INDEX],
        )
        assert cursor.fetchone() == (True, lock_timeout)  # the latter of the next migration, which is atomic


def test_what_cannot_undo_itself_is_not_tried_again(
    other: BaseDatabaseWrapper, write: Callable[..., None]
) -> None:
    write(("DO $$ BEGIN LOCK TABLE authtoken_token NOWAIT; END $$", False))
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM authtoken_token")
    try:
        with pytest.raises(CommandError, match="authtoken.9001_test got no lock, and is not atomic"):
            call_command("migrate", "authtoken", verbosity=0, lock_wait=0)
    finally:
        other.rollback()


def run(**variables: str) -> subprocess.CompletedProcess[str]:
    return ended("python", "manage.py", "migrate", "--server-wait", "0.5", ENVIRONMENT="test", **variables)


def address(**changed: Any) -> str:
    parts = connection.settings_dict | changed
    return f"postgres://{parts['USER']}:{parts['PASSWORD']}@{parts['HOST']}:{parts['PORT']}/{parts['NAME']}"


def test_a_wrong_password_is_explained() -> None:
    done = run(DATABASE_URL=address(PASSWORD="wrong-1f0c"))
    assert done.returncode == 1
    assert "refuses the password" in done.stderr
    assert "docker compose down --volumes" in done.stderr
    assert "Traceback" not in done.stderr
    assert "wrong-1f0c" not in done.stderr


def test_a_server_that_is_not_there_is_waited_for_and_named() -> None:
    port = free_port()
    done = run(DATABASE_URL=address(HOST="127.0.0.1", PORT=port))
    assert done.returncode == 1
    assert "Waiting for the database" in done.stderr
    assert f"No database at 127.0.0.1:{port} within 0.5 s" in done.stderr
    assert "Traceback" not in done.stderr
