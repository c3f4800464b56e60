"""Positions: a partition's effects, and how far it was read, are one transaction, of one reader at a time."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from django.db import connection, transaction

from stack.kafka.connection import logger
from stack.kafka.models import StreamPosition
from stack.kafka.topics import Log

GROUPS = 0x73747265
"""Advisory locks on groups, as two numbers: shared by who reads, not by who resets."""
STANDS_STILL = "60s"
"""What PostgreSQL gives a reader that stands still in its transaction: its partition may be another's."""

Partition = tuple[str, int]


class Lost(Exception):
    """Somebody else has read on, or has it begin anew: what is in hand here is not ours to take."""


def begin(group: str, partitions: Iterable[Partition], logs: Mapping[str, Log]) -> dict[Partition, int]:
    """Return a group's positions; 0, for the beginning, where it has none, or where the topic is another.

    Args:
        group: Whose.
        partitions: Which.
        logs: The topics as they are now.
    """
    found = {}
    with transaction.atomic():
        _lock(group, "pg_advisory_xact_lock_shared")
        for topic, number in sorted(partitions):
            row, _ = StreamPosition.objects.select_for_update().get_or_create(
                group=group, topic=topic, partition=number, defaults={"log": logs[topic].identifier}
            )
            if row.log != logs[topic].identifier:
                logger.warning("%s is of a topic that was made anew: it is read from its beginning.", row)
                row.log, row.position = logs[topic].identifier, 0
                row.save()
            found[topic, number] = row.position
    return found


@contextmanager
def held(group: str, partition: Partition, position: int) -> Iterator[StreamPosition]:
    """Hold a position, for effects to be taken; leave the next one in it.

    Raises:
        Lost: It is another's by now.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('idle_in_transaction_session_timeout', %s, true)", [STANDS_STILL])
        topic, number = partition
        rows = StreamPosition.objects.select_for_update().filter(
            group=group, topic=topic, partition=number, position=position
        )
        if (row := rows.first()) is None:
            raise Lost(f"{group} {topic}[{number}] is not at {position} any more")
        yield row
        row.save(update_fields=("position", "moved_at"))


def put_back(group: str, partition: Partition, position: int) -> None:
    """Write down that a partition ends before a group's position: brokers have lost events.

    Those that come next may have been taken before, which the inbox knows.
    """
    topic, number = partition
    logger.warning("%s[%d] has lost events: %s reads on at %d.", topic, number, group, position)
    rows = StreamPosition.objects.filter(group=group, topic=topic, partition=number, position__gt=position)
    rows.update(position=position)


def reset(group: str, topics: Iterable[str]) -> int:
    """Have a group read topics from their beginnings, in the transaction of the caller.

    Who has effects in hand ends them first; then, and until the transaction ends, nobody can take any.

    Returns:
        How many partitions it had read of.
    """
    _lock(group, "pg_advisory_xact_lock")
    rows = StreamPosition.objects.filter(group=group, topic__in=list(topics))
    locked = [row.pk for row in rows.select_for_update()]
    number: int = StreamPosition.objects.filter(pk__in=locked).update(position=0)
    return number


def _lock(group: str, function: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, hashtext(%s))", [GROUPS, group])
