"""The relay's view of the database: a window of events that nobody else publishes until it is done."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import uniform
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, transaction

from stack.events.retention import delete_old
from stack.outbox.room import PAUSE, SIZE, Share

SHARE = 16
"""Partitions of keys, of 64, a window: further relays find others. An advisory lock guards each."""
LONGEST_PAUSE = 300
"""Seconds until an event that nobody took is tried again."""
HANGS = "30s"
"""What PostgreSQL gives a relay that stands still in its transaction."""

# What can be sent now: its key does not wait.
FREE = """
relay_route = %(route)s AND status = 1 AND (relay_after IS NULL OR relay_after <= now()) AND NOT EXISTS (
    SELECT FROM published AS waiting
    WHERE waiting.relay_route = event.relay_route AND waiting.relay_key = event.relay_key
        AND waiting.status = 1 AND waiting.relay_after > now()
)
"""
SHARED = "(%(only)s IS NULL OR destination = %(only)s) AND destination <> ALL(%(without)s)"
# Where destinations are passed over, what their events' keys have told of since waits with them.
AROUND = f"""
AND {SHARED} AND NOT EXISTS (
    SELECT FROM (
        SELECT relay_key AS key, min(relay_seq) AS seq FROM published
        WHERE relay_route = %(route)s AND status = 1 AND NOT ({SHARED}) GROUP BY relay_key
    ) AS passed WHERE passed.key = event.relay_key AND passed.seq < event.relay_seq
)
"""  # nosec B608 # a constant

LOCK = """
WITH head AS MATERIALIZED (
    SELECT relay_partition FROM published AS event WHERE {free} ORDER BY relay_seq LIMIT %(head)s
), candidates AS MATERIALIZED (
    SELECT relay_partition AS number FROM head GROUP BY relay_partition ORDER BY random()
)
SELECT number FROM candidates
WHERE pg_try_advisory_xact_lock(hashtext('outbox_' || %(route)s), number) LIMIT %(partitions)s
"""

# A statement of its own: what it sees is of after the locks.
CLAIM = """
SELECT id::text, relay_key, destination, body::text, headers::text, retry
FROM published AS event
WHERE relay_partition = ANY(%(locked)s) AND {free}
ORDER BY relay_seq LIMIT %(size)s
FOR UPDATE OF event
"""


class Row(NamedTuple):
    """An event, as it is to be sent.

    Attributes:
        id: Of its row.
        key: Whose order is kept.
        destination: Where it goes, in the library's words.
        body: JSON.
        headers: JSON, an object.
        tries: How often it was sent in vain.
    """

    id: str
    key: str
    destination: str
    body: str
    headers: str
    tries: int


class Unsent(NamedTuple):
    """Why an event was not taken.

    Attributes:
        reason: In words.
        hopeless: Whether it never will be, as it is.
        busy: Whether it will be once there is room: that is no try.
    """

    reason: str
    hopeless: bool = False
    busy: bool = False


@dataclass
class Window:
    """Events that are ours, and what became of them.

    Attributes:
        rows: In the order in which they were committed.
        sent: The identifiers of those that were taken.
        unsent: Why others were not; of what is in neither, nothing is known.
    """

    rows: list[Row]
    sent: set[str] = field(default_factory=set)
    unsent: dict[str, Unsent] = field(default_factory=dict)

    @property
    def refused(self) -> set[str]:
        """The destinations that had no room."""
        return {row.destination for row in self.rows if row.id in self.unsent and self.unsent[row.id].busy}

    def waves(self) -> Iterator[list[Row]]:
        """Give the rows in portions without two of a key; no more of a key once one of it was not sent."""
        rest = self.rows
        while rest:
            wave: dict[str, Row] = {}
            later = []
            for row in rest:
                if wave.setdefault(row.key, row) is not row:
                    later.append(row)
            yield list(wave.values())
            failed = {row.key for row in wave.values() if row.id not in self.sent}
            rest = [row for row in later if row.key not in failed]


@contextmanager
def claimed(route: str, share: Share = Share()) -> Iterator[Window]:
    """Claim the next events that go a way; write down what became of them, however this ends.

    Args:
        route: The way.
        share: Which of them.
    """
    free = _free(share)
    asked = _asked(route, share) | {"head": 4 * SIZE, "partitions": SHARE, "size": share.size}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('idle_in_transaction_session_timeout', %s, true)", [HANGS])
        cursor.execute(LOCK.format(free=free), asked)
        asked["locked"] = [partition for (partition,) in cursor.fetchall()]
        rows = []
        if asked["locked"]:
            cursor.execute(CLAIM.format(free=free), asked)
            rows = [Row(*row) for row in cursor.fetchall()]
        window = Window(rows)
        error = None
        try:
            yield window
        except Exception as caught:  # pylint: disable=broad-exception-caught  # raised again, below
            error = caught
        if window.sent:
            _mark_sent(window.sent)
        _mark_unsent({row: window.unsent[row.id] for row in rows if row.id in window.unsent})
    if error:
        raise error


def _free(share: Share) -> str:
    return FREE + AROUND * share.is_partial


def _asked(route: str, share: Share) -> dict[str, Any]:
    return {"route": route, "only": share.only, "without": list(share.without)}


def _mark_sent(identifiers: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE published SET status = 2, relay_after = NULL, relay_error = ''"
            " WHERE id = ANY(%s::uuid[])",
            [list(identifiers)],
        )


def _mark_unsent(unsent: Mapping[Row, Unsent]) -> None:
    """Have events tried again after a pause that doubles; set aside those for which that is no use."""
    with connection.cursor() as cursor:
        for row, why in unsent.items():
            tries = row.tries + (not why.busy)
            given_up = why.hopeless or tries >= settings.OUTBOX_TRIES
            pause = (PAUSE if why.busy else min(2**tries, LONGEST_PAUSE)) * uniform(0.5, 1)  # nosec B311
            cursor.execute(
                "UPDATE published SET status = %s, retry = %s, relay_error = %s,"
                " relay_after = clock_timestamp() + make_interval(secs => %s) WHERE id = %s",
                [-1 if given_up else 1, tries, why.reason[:1000], pause, row.id],
            )


def is_pending(route: str, share: Share = Share()) -> bool:
    """Say whether there is an event to be sent now."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS (SELECT FROM published AS event WHERE {_free(share)})",  # nosec B608 # our own
            _asked(route, share),
        )
        answer: bool = cursor.fetchone()[0]
        return answer


def forget() -> int:
    """Delete events that were sent long ago, some at a time. One that was not sent is never deleted.

    Returns:
        How many.
    """
    return delete_old("published", settings.OUTBOX_KEEP_DAYS, "status = 2")
