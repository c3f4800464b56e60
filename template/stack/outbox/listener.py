"""Hears of events as they are committed."""

import select
from collections.abc import Callable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, Error, connections

from stack.events.bell import Bell
from stack.outbox.emitting import IDLE

POLL = 1.0
"""Seconds, at most, until an event is seen of which no notification came."""
SOON = 0.02
"""Seconds until it looks again while somebody writes events: they need not notify it meanwhile."""


class Listener:
    """A connection that hears of events as they are committed."""

    def __init__(self, route: str) -> None:
        """Begin with nothing connected.

        Args:
            route: The way that the events are to go.
        """
        self._route = route
        self._database: Any = None
        self._bell = Bell()

    def wake(self) -> None:
        """End a wait, now or the next one."""
        self._bell.ring()

    def wait(self, look: Callable[[], bool]) -> bool:
        """Wait until there may be something to do.

        Args:
            look: Whether there is something already: what was committed just before is not notified.

        Returns:
            Whether there was.
        """
        there = False
        if self._database is None:
            self._connect()
        try:
            if self._ask("pg_try_advisory_lock"):  # nobody writes just now: from here on, they notify
                if not (there := look()):
                    self._select(POLL)
                self._ask("pg_advisory_unlock")
            elif self._ask("pg_try_advisory_lock_shared"):  # somebody does, and so does not
                self._ask("pg_advisory_unlock_shared")
                self._select(SOON)
            elif not (there := look()):  # another relay waits already, for both
                self._select(POLL)
        except Error:
            self.close()
            raise
        return there

    def pause(self, seconds: float) -> None:
        """Wait for a while, or until woken."""
        self._bell.wait(seconds)

    def close(self) -> None:
        """Let the connection go."""
        database, self._database = self._database, None
        if database is not None:
            database.close()

    def _connect(self) -> None:
        database = connections.create_connection(DEFAULT_DB_ALIAS)
        with database.cursor() as cursor:
            cursor.execute(f"LISTEN outbox_{self._route}")
        self._database = database

    def _ask(self, lock: str) -> bool:
        with self._database.cursor() as cursor:
            cursor.execute(f"SELECT {lock}(%s, hashtext(%s))", [IDLE, self._route])
            answer: bool = cursor.fetchone()[0]
            return answer

    def _select(self, seconds: float) -> None:
        connected = self._database.connection
        ready, _, _ = select.select([connected, self._bell], [], [], seconds)
        if connected in ready:
            with self._database.wrap_database_errors:
                connected.poll()
            connected.notifies.clear()
