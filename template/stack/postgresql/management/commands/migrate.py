"""Django's migrate, for a database that is in use or not up yet."""

import random
import time
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration

LOCK_TIMEOUT = "2s"
"""What a migration may make the traffic wait; of PostgreSQL's lock_timeout."""

SET_LOCK_TIMEOUT = "SELECT set_config('lock_timeout', %s, false)"
LOCK_NOT_AVAILABLE = "55P03"  # PostgreSQL, appendix A
ADVISORY_LOCK = 0x6D696772617465  # "migrate": any number that nobody else takes

REFUSED = """PostgreSQL at {host} refuses the password of {user} in DATABASE_URL.
It takes its own POSTGRES_PASSWORD only while its volume is empty: was this volume made with another one? Then
  put the old password back, or
  change the one in the volume: docker compose exec db psql -U {user} -d {name} -c '\\password', or
  begin with an empty volume, which deletes all data: docker compose down --volumes"""


class Command(migrate.Command):
    """Waits for the server, says what is wrong with it, and holds up no traffic.

    A migration that waits for a lock lets nobody else have it: behind one open transaction, all queries of a
    table come to a halt. So the wait is short, and the migration, which has undone itself, is tried again.

    One that is not atomic undoes nothing, so it waits as long as it takes. What such a one is for,
    CREATE INDEX CONCURRENTLY, holds nobody up meanwhile.
    """

    current: Migration | None = None
    session: BaseDatabaseWrapper | None = None  # whose time-outs are ours to set
    lock_timeout = LOCK_TIMEOUT

    def add_arguments(self, parser: CommandParser) -> None:
        """Add how long to be patient."""
        super().add_arguments(parser)
        parser.add_argument(
            "--server-wait", type=float, default=30, help="Seconds to wait for a server that does not answer."
        )
        parser.add_argument(
            "--lock-wait", type=float, default=300, help="Seconds to try again for locks that others hold."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Connect, then migrate."""
        connection = connections[options["database"]]
        self.connect(connection, options["server_wait"])
        looks_only = options["check_unapplied"] or options["plan"]
        if looks_only or connection.in_atomic_block:  # needs no lock; has nothing to try again
            super().handle(*args, **options)
            return
        self.session = connection
        try:
            self.wait_for_others(connection)
            self.set_timeouts(connection)
            self.migrate(*args, **options)
        finally:
            connection.close()  # and with it the lock and the time-outs

    def connect(self, connection: BaseDatabaseWrapper, patience: float) -> None:
        """Wait until the server answers."""
        deadline = time.monotonic() + patience
        told = False
        while True:
            try:
                connection.ensure_connection()
                return
            except OperationalError as error:
                settings = connection.settings_dict
                place = f"{settings['HOST']}:{settings['PORT'] or 5432}"
                if "password authentication failed" in str(error):
                    words = REFUSED.format(host=place, user=settings["USER"], name=settings["NAME"])
                    raise CommandError(words) from error
                if time.monotonic() > deadline:
                    raise CommandError(f"No database at {place} within {patience:g} s: {error}") from error
                if not told:
                    told = True
                    self.stderr.write(f"Waiting for the database at {place}: {error}".strip())
                time.sleep(0.2)

    def wait_for_others(self, connection: BaseDatabaseWrapper) -> None:
        """Let two at once go one after the other.

        Asks again and again. A statement that waits for the lock would have a snapshot, and CREATE INDEX
        CONCURRENTLY of the one that holds the lock would wait for that: a deadlock.
        """
        told = False
        with connection.cursor() as cursor:
            while True:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK])
                if cursor.fetchone()[0]:
                    return
                if not told:
                    told = True
                    self.stderr.write("Another migrate is at work in this database. Waiting for it.")
                time.sleep(0.3)

    def set_timeouts(self, connection: BaseDatabaseWrapper) -> None:
        """Let statements take their time, but wait for a lock no longer than the user says, or shortly."""
        with connection.cursor() as cursor:
            # These are for the web, whose environment is the same.
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("SET idle_in_transaction_session_timeout = 0")
            cursor.execute("SHOW lock_timeout")
            if (own := cursor.fetchone()[0]) != "0":
                self.lock_timeout = own
            cursor.execute(SET_LOCK_TIMEOUT, [self.lock_timeout])

    def migrate(self, *args: Any, **options: Any) -> None:
        """Migrate, again and again while others hold a lock that it needs."""
        deadline = time.monotonic() + options["lock_wait"]
        pause = 0.5  # seconds
        while True:
            try:
                super().handle(*args, **options)
                return
            except OperationalError as error:
                if getattr(error.__cause__, "pgcode", None) != LOCK_NOT_AVAILABLE:
                    raise
                what = self.current or "migrate"
                # It says NOWAIT, or has set a time-out of its own.
                if self.current and not self.current.atomic:
                    raise CommandError(
                        f"{what} got no lock, and is not atomic: undo by hand what it has done, "
                        "such as an index that is INVALID now, and migrate again."
                    ) from error
                if time.monotonic() > deadline:
                    raise CommandError(
                        f"{what}: others held a lock that it needs for {options['lock_wait']:g} s. "
                        "Look for long transactions in pg_stat_activity, and migrate again."
                    ) from error
            self.stderr.write(f"{what} waits for a lock that others hold, and lets them pass.")
            time.sleep(pause * random.uniform(0.5, 1))  # nosec B311 # a pause is no secret
            pause = min(2 * pause, 10)

    def migration_progress_callback(self, action: str, migration: Any = None, fake: bool = False) -> None:
        """Note which migration is at work, and for how long it may wait for a lock."""
        if migration is not None:
            self.current = migration if action.endswith("_start") else None
            if self.session and not migration.atomic:
                with self.session.cursor() as cursor:
                    cursor.execute(SET_LOCK_TIMEOUT, ["0" if self.current else self.lock_timeout])
        super().migration_progress_callback(action, migration, fake)
