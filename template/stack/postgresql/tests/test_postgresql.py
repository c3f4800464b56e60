"""The database is PostgreSQL, through psycopg2, and its limits hold."""

import os
import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit

import pytest
from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg2 import OperationalError  # type: ignore[import-untyped]

from stack.environment import PROJECT_SLUG


def connection_address() -> str:
    """Give the address of the server's own database, which always exists."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path="/postgres", query="").geturl()


@pytest.mark.django_db
@pytest.mark.proves("postgresql")
@pytest.mark.proves("psycopg2-binary")
def test_the_server_is_a_supported_postgresql_and_knows_us_by_name() -> None:
    with connection.cursor() as cursor:
        assert type(cursor.cursor).__module__.startswith("psycopg2")
        cursor.execute(
            "SELECT current_setting('server_version_num')::int, current_setting('application_name')"
        )
        version, name = cursor.fetchone()
    assert version >= 160_000
    assert name == PROJECT_SLUG


@pytest.mark.proves("django-environ")
def test_limits_of_the_environment_are_the_server_s() -> None:
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "application_name")
    show = (
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "with connection.cursor() as cursor:\n"
        f"    for name in {names}:\n"
        "        cursor.execute(f'SHOW {name}')\n"
        "        print(*cursor.fetchone())\n"
    )
    limits = {
        "DATABASE_STATEMENT_TIMEOUT": "30s",
        "DATABASE_LOCK_TIMEOUT": "2s",
        "DATABASE_IDLE_TIMEOUT": "9s",
    }
    address = connection_address() + "?application_name=by-address"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "settings_test", "DATABASE_URL": address} | limits
    shown = subprocess.run(
        [sys.executable, "-c", show], env=environment, capture_output=True, text=True, check=True
    )
    assert shown.stdout.split() == ["30s", "2s", "9s", "by-address"]


def test_a_server_that_hangs_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as black_hole:
        address = {"HOST": "127.0.0.1", "PORT": str(black_hole.getsockname()[1])}
        other = DatabaseWrapper(connections.settings["default"] | address)
        started = time.monotonic()
        with pytest.raises(OperationalError, match="timeout expired"):
            other.connect()
    assert 4 < time.monotonic() - started < 10
