"""What the project can't serve without, each asked at the same time, each with a deadline."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event

from celery import current_app
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django_redis import get_redis_connection  # type: ignore[import-untyped]

DEADLINE = 2
"""Seconds that a check may take."""

logger = logging.getLogger(__name__)
_migrated = Event()


class Unready(Exception):
    """A reason that may be shown to anyone."""


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


def redis() -> None:
    """Ask the cache's server."""
    get_redis_connection("default").ping()


def broker() -> None:
    """Connect to Celery's broker."""
    with current_app.connection_for_write() as connection:
        connection.ensure_connection(max_retries=0)  # once: the next probe is the next try


CHECKS: dict[str, Callable[[], None]] = {"postgresql": postgresql, "redis": redis, "broker": broker}


def failures() -> dict[str, str]:
    """Run all checks.

    Returns:
        Why each failed one failed, without addresses or other secrets: those are in the log.
    """
    pool = ThreadPoolExecutor(len(CHECKS), thread_name_prefix="health")
    running = {pool.submit(check): name for name, check in CHECKS.items()}
    wait(running, timeout=DEADLINE)
    # Not waited for: what they hang in has time-outs of its own, and ends after our answer.
    pool.shutdown(wait=False)
    failed = {}
    for future, name in running.items():
        error = future.exception() if future.done() else Unready(f"no answer within {DEADLINE} s")
        if error:
            logger.warning("%s is not ready: %s", name, error)
            failed[name] = str(error) if isinstance(error, Unready) else type(error).__name__
    return failed


def _pending_migrations(connection: BaseDatabaseWrapper) -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
