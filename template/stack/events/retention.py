"""Retention: rows that are old are deleted, some at a time, by the loops that add to them."""

import time
from collections.abc import Callable

from django.db import connection

EVERY = 60.0
"""Seconds."""


def delete_old(table: str, days: int, condition: str = "true") -> int:
    """Delete the oldest rows of a table that were added long ago, a thousand at most.

    Args:
        table: One with columns `id` and `added`.
        days: How long they are kept.
        condition: SQL, of which rows.

    Returns:
        How many.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE {condition}"  # nosec B608
            " AND added < now() - make_interval(days => %s)"
            " ORDER BY added LIMIT 1000 FOR UPDATE SKIP LOCKED)",
            [days],
        )
        return int(cursor.rowcount)


class Retention:
    """Deletes now and then, and goes on at the next turn while there is more."""

    def __init__(self, forget: Callable[[], int]) -> None:
        """Begin a while from now.

        Args:
            forget: Deletes some, and says how many.
        """
        self._forget = forget
        self._due = time.monotonic() + EVERY

    def turn(self) -> None:
        """Delete some, if it is time."""
        now = time.monotonic()
        if now >= self._due:
            self._due = now + EVERY  # should it fail, too
            if self._forget():
                self._due = now
