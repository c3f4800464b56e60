"""Reading a partition: several effects a transaction; after an error one at a time, tried again, given up."""

import time
import traceback
from collections import deque
from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.db import Error, connection

from stack.events import EventError, EventType, hooks
from stack.inbox import dead_letters
from stack.inbox.outage import is_database_there
from stack.kafka.connection import logger
from stack.kafka.positions import Lost, held, put_back
from stack.kafka.record import Record
from stack.kafka.registry import Handler, inbox_of
from stack.kafka.taking import take
from stack.outbox.routes import SinkError

BATCH = 100
"""Events a transaction, at most: what is taken once more when one of them fails."""
SLICE = 1.0
"""Seconds after which a transaction takes no further event: so long may others wait for a partition."""
LONGEST_PAUSE = 60.0
"""Seconds between two tries of an event."""
OUTAGE_PAUSE = 1.0
"""Seconds until a server that is away is asked again."""

LayAside = Callable[[Record, str], None]


class Reading:  # pylint: disable=too-many-instance-attributes
    """A partition that a group reads.

    Attributes:
        waiting: Events that have come, in their order.
        position: Of the next event to take.
        due: When to go on, by the monotonic clock.
    """

    def __init__(  # pylint: disable=too-many-arguments
        self,
        group: str,
        partition: tuple[str, int],
        position: int,
        *,
        handlers: Mapping[EventType, Handler],
        lay_aside: LayAside,
        tries: int | None = None,
    ) -> None:
        """Begin at a position.

        Args:
            group: Who reads.
            partition: The topic, and the partition's number.
            position: Of the first event to take.
            handlers: Who takes which type.
            lay_aside: Puts an event among the dead letters, for sure.
            tries: How often an event is tried, if not as usual.
        """
        self.waiting: deque[Record] = deque()
        self.position = position
        self.due = 0.0
        self.partition = partition
        self.is_paused = False
        self._group = group
        self._handlers = handlers
        self._lay_aside = lay_aside
        self._tries = tries
        self._tried = 0
        self._alone = -1  # the last offset of a batch that failed: up to it, one at a time

    @property
    def is_due(self) -> bool:
        """Whether there is something to take now."""
        return bool(self.waiting) and time.monotonic() >= self.due

    def add(self, record: Record) -> None:
        """Put the next event behind those that wait.

        Raises:
            Lost: It is one of before: the position that was asked for is none of the brokers' any more.
        """
        if record.offset < (self.waiting[-1].offset + 1 if self.waiting else self.position):
            put_back(self._group, self.partition, record.offset)
            raise Lost(f"{record.topic}[{record.partition}] is back at {record.offset}")
        self.waiting.append(record)

    def take(self) -> None:
        """Take effects of what waits, or find out when to try again.

        Raises:
            Lost: The partition is another's by now.
        """
        first = self.waiting[0]
        batch = [first] if first.offset <= self._alone else list(self.waiting)[:BATCH]
        try:
            taken = self._take(batch)
        except Lost:
            raise
        except Exception as error:  # pylint: disable=broad-exception-caught  # whatever a handler raises
            self._failed(batch, error)
        else:
            self._move_on(taken)

    def effect(self, record: Record) -> None:
        """Take an event's effect, in the transaction of the caller."""
        take(self._group, record, self._handlers)

    def _take(self, batch: Sequence[Record]) -> int:
        end = time.monotonic() + SLICE
        with held(self._group, self.partition, self.position) as row:
            taken = 0
            while not taken or (taken < len(batch) and time.monotonic() < end):
                self.effect(batch[taken])
                taken += 1
            row.position = batch[taken - 1].offset + 1
        return taken

    def _move_on(self, number: int) -> None:
        for _ in range(number):
            self.position = self.waiting.popleft().offset + 1
        self._tried, self.due = 0, 0.0

    def _failed(self, batch: Sequence[Record], error: Exception) -> None:
        if isinstance(error, Error) and not is_database_there():
            logger.warning("%s[%d] waits for the database: %s", *self.partition, str(error).strip())
            connection.close()
            self.due = time.monotonic() + OUTAGE_PAUSE
        elif len(batch) > 1:
            self._alone = batch[-1].offset
        elif isinstance(error, EventError):
            self._give_up(batch[0], str(error))
        else:
            self._tried += 1
            hooks.count("retried", 1, group=inbox_of(self._group))
            logger.warning("event %s failed %d times", batch[0].identifier, self._tried, exc_info=error)
            pause = min(settings.STREAM_PAUSE * 2 ** (self._tried - 1), LONGEST_PAUSE)
            self.due = time.monotonic() + pause
            if self._tried >= (self._tries or settings.STREAM_TRIES):
                self._give_up(batch[0], "".join(traceback.format_exception(error)))

    def _give_up(self, record: Record, reason: str) -> None:
        """Put an event among the dead letters, first; then move on."""
        try:
            self._lay_aside(record, reason)
            with held(self._group, self.partition, self.position) as row:
                dead_letters.enter(
                    inbox_of(self._group), record.identifier, record.headers, record.body, reason
                )
                row.position = record.offset + 1
        except (SinkError, Error) as error:
            logger.warning("event %s can't be laid aside: %s", record.identifier, error)
            connection.close()
            self.due = time.monotonic() + OUTAGE_PAUSE
            return
        hooks.count("dead_lettered", 1, group=inbox_of(self._group))
        logger.error(
            "event %s is put among the dead letters of %s: %s", record.identifier, self._group, reason[-1000:]
        )
        self._move_on(1)
