"""Migrating a database that is in use, refuses the password, or is not there."""

import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from stack.environment import BASE_DIR
from stack.postgresql.management.commands.migrate import ADVISORY_LOCK
from tests.processes import SECONDS, environment, free_port, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


@pytest.fixture(name="other")
def _other() -> Iterator[BaseDatabaseWrapper]:
    """Somebody else's connection."""
    other = connection.copy()
    yield other
    other.close()


def migrate(*target: str, **options: Any) -> str:
    """Migrate in a thread's own connection, and give what was said on the way."""
    said = StringIO()
    try:
        call_command("migrate", *target, verbosity=0, stderr=said, **options)
    finally:
        connections.close_all()
    return said.getvalue()


def waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
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
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
    with ThreadPoolExecutor(1) as pool:
        migrating = pool.submit(migrate)
        try:
            wait_until(waiting)
            assert not migrating.done()
        finally:
            other.close()
        migrating.result(SECONDS)


def run(**variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "migrate", "--server-wait", "0.5"],
        cwd=BASE_DIR,
        env=environment(ENVIRONMENT="test", **variables),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


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
