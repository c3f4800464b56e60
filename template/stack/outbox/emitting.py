"""Writing events down, in the transaction of what they tell of."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID, uuid4, uuid5

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from pydantic import BaseModel

from stack import events
from stack.events import hooks
from stack.logging.context import request_id
from stack.outbox.routes import Route, routes

KEYS, IDLE = 0x6F757462, 0x6F757463
"""Advisory locks: on keys that are told of; on routes, shared by who tells while no relay waits."""

MOST_KEYS, LONGEST_KEY = 1_000, 200
"""In one call, as each is a lock, and all share the room of those; and characters, as keys are in indexes."""

# In one order, of what is really locked: else two that tell of several keys could wait for each other.
LOCK = """
SELECT pg_advisory_xact_lock(%s, hash)
FROM (SELECT DISTINCT hashtext(key) AS hash FROM unnest(%s::text[]) AS key ORDER BY hash) AS hashes
"""
WRITE = """
INSERT INTO published (id, version, destination, body, headers, added, expires_at, retry, status)
SELECT id::uuid, version, destination, body::jsonb, headers::jsonb,
    clock_timestamp(), now() + interval '1 day', 0, 1
FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
    WITH ORDINALITY AS row (id, version, destination, body, headers, place) ORDER BY place
"""
WAKE = """
SELECT pg_notify('outbox_' || route, '') FROM unnest(%s::text[]) AS route
WHERE NOT pg_try_advisory_xact_lock_shared(%s, hashtext(route))
"""


class NoTransaction(RuntimeError):
    """An event outside of a transaction: it would be told whether or not what it tells of comes to be."""


class Event(NamedTuple):
    """What happened.

    Attributes:
        type: The name of a declared type.
        payload: What it says.
        key: What it happened to. Events of one key arrive in the order in which they were committed.
    """

    type: str
    payload: BaseModel | Mapping[str, Any]
    key: object


def emit(name: str, payload: BaseModel | Mapping[str, Any], *, key: object) -> UUID:
    """Tell of something, once the transaction is committed, and not at all if it is rolled back.

    Args:
        name: The name of a declared type; its newest version.
        payload: What its schema says.
        key: What it happened to, such as an order's identifier.

    Returns:
        The event's identifier.

    Raises:
        NoTransaction: There is no transaction.
        stack.events.EventError: There is no such type, or the payload is not of its shape.
    """
    return emit_many([Event(name, payload, key)])[0]


def emit_many(told: Iterable[Event]) -> list[UUID]:
    """Tell of several things; as `emit`, in fewer round trips.

    Until the end of the transaction, nobody else can tell of their keys.
    """
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise NoTransaction(
            "An event needs the transaction of what it tells of: `with transaction.atomic(): …`."
        )
    ways, identifiers = routes().values(), []
    keys: set[str] = set()
    rows: list[tuple[str, ...]] = []
    for event in told:
        if len(keys) >= MOST_KEYS or len(str(event.key)) > LONGEST_KEY:
            raise events.EventError(
                f"At most {MOST_KEYS} keys at once, of {LONGEST_KEY} characters; found one more: {event.key}"
            )
        identifiers.append(identifier := uuid4())
        rows += _rows(identifier, event, ways)
        keys.add(str(event.key))
    if rows:
        hold(keys)
        with connection.cursor() as cursor:
            cursor.execute(WRITE, list(map(list, zip(*rows, strict=True))))
        wake()
    return identifiers


def hold(keys: Iterable[str]) -> None:
    """Have nobody else tell of keys until this transaction ends: so the order of rows is that of commits."""
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(LOCK, [KEYS, list(keys)])


def wake() -> None:
    """Have the relays look once this transaction is committed.

    One that is at work looks again by itself: a word to it would only make all commits queue up.
    """
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(WAKE, [list(routes()), IDLE])


def _rows(identifier: UUID, event: Event, ways: Iterable[Route]) -> Iterator[tuple[str, ...]]:
    """Make the library's rows: identifier, version, destination, body, headers (CloudEvents' and its own)."""
    event_type = events.find(event.type)
    body, now = json.dumps(event_type.dump(event.payload)), timezone.now().isoformat()
    if len(body) > settings.EVENTS_MAX_BYTES:
        raise events.EventError(
            f"{event_type}: {len(body):,} bytes; an event has {settings.EVENTS_MAX_BYTES:,} at most."
            " What is larger belongs into a storage: tell where it is."
        )
    headers = {
        "ce-specversion": "1.0",
        "ce-id": str(identifier),
        "ce-source": settings.EVENTS_SOURCE,
        "ce-type": str(event_type),
        "ce-time": now,
        "ce-partitionkey": str(event.key),
        "dop-msg-type": "Published",
        "dop-msg-sent-time": now,
        "dop-correlation-id": request_id.get() or str(identifier),
    }
    for add in hooks.emitting:
        add(headers)
    for way in ways:
        row, destination = str(uuid5(identifier, way.name)), way.destination(event_type)
        own = {"dop-msg-id": row, "dop-msg-destination": destination}
        yield row, f"v{event_type.version}", destination, body, json.dumps(headers | own)
