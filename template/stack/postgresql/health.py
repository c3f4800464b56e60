"""Whether the database can be used: it answers, and no migration waits."""

from threading import Event

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from stack.health.checks import DEADLINE, Unready

_migrated = Event()


def postgresql() -> None:
    """Connect anew, as a connection may outlive a server that takes no new ones, and look for migrations.

    Raises:
        Unready: Code that is ahead of its database would answer with errors.
    """
    # New, as this thread is. Not create_connection(): the executor asks by alias, and would open one more.
    connection = connections[DEFAULT_DB_ALIAS]
    options = connection.settings_dict["OPTIONS"] | {"connect_timeout": DEADLINE}
    connection.settings_dict = connection.settings_dict | {"OPTIONS": options}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not _migrated.is_set():
            if pending := _pending_migrations(connection):
                raise Unready(f"{pending} migrations are not applied")
            _migrated.set()  # for good: a process gains no migrations
    finally:
        connection.close()


def _pending_migrations(connection: BaseDatabaseWrapper) -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
