"""The probe tells that the database is away, or behind the code."""

import gc

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client

from stack.health import checks
from stack.health.tests.outages import KINDS, assert_unready_in_time, outage, wait_until_ready
from stack.postgresql import health
from tests.processes import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.proves("postgresql")
@pytest.mark.parametrize("kind", KINDS)
def test_unready_in_time_without_a_database(
    client: Client, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    wait_until_ready(client)
    with outage(kind) as port:
        monkeypatch.setitem(connections.settings["default"], "PORT", port)
        assert_unready_in_time(client, "postgresql")


def test_unready_while_a_migration_is_not_applied(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "DEADLINE", 30)  # to look for migrations takes a busy machine longer
    health._migrated.clear()  # pylint: disable=protected-access
    call_command("migrate", "authtoken", "zero", verbosity=0)
    try:
        reason = client.get("/health/ready").json()["checks"]["postgresql"]["reason"]
        assert "migrations are not applied" in reason
    finally:
        call_command("migrate", "authtoken", verbosity=0)
    assert client.get("/health/ready").status_code == 200


def test_no_probe_leaves_a_connection_open(client: Client) -> None:
    def others() -> set[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pid FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            return {pid for (pid,) in cursor.fetchall()}

    wait_until_ready(client)
    before = others()
    gc.disable()  # which would end a forgotten connection some day
    try:
        health._migrated.clear()  # pylint: disable=protected-access
        wait_until_ready(client)
        wait_until(lambda: others() <= before, 10)
    finally:
        gc.enable()
