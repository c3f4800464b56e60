"""An event as RabbitMQ delivers it, and what becomes of it."""

import hashlib
import logging
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import amqp
from django.conf import settings
from django.db import Error, close_old_connections

from stack import events
from stack.events import EventError, UnknownType, hooks
from stack.inbox import dead_letters, taking
from stack.inbox.outage import is_database_there
from stack.rabbitmq.connection import persistent

LONGEST_PAUSE = 60.0
"""Seconds between two tries of an event."""
OUTAGE_PAUSE = 1.0
"""Seconds until the database is asked again."""

logger = logging.getLogger(__name__)


@dataclass
class Delivery:
    """An event that was delivered.

    Attributes:
        group: To whom.
        headers: Its headers.
        body: What it says.
        tries: How often its effect was tried in vain.
        failure: Why it is given up.
    """

    group: str
    headers: Mapping[str, Any]
    body: bytes
    tries: int = 0
    failure: str = ""

    @classmethod
    def of(cls, group: str, message: amqp.Message) -> Self:
        """Make one of a message."""
        body = message.body.encode() if isinstance(message.body, str) else bytes(message.body)
        return cls(group, message.headers or {}, body)

    @property
    def key(self) -> str | None:
        """What it happened to, if it says so."""
        key = self.headers.get("ce-partitionkey")
        return key if isinstance(key, str) else None

    @property
    def identifier(self) -> str:
        """The event's identifier, or what stands for it."""
        return str(self.headers.get("ce-id") or hashlib.sha256(self.body).hexdigest())[:100]

    def take(self, *, is_last_try: bool = False) -> float | None:
        """Take its effect, or give it up.

        Args:
            is_last_try: Whether to give it up if it fails: what its key told of before was given up, too.

        Returns:
            Seconds until it is to be tried again; None, once it is answered for.
        """
        close_old_connections()
        try:
            return self._take(is_last_try)
        except Error as error:
            if not is_database_there():
                logger.warning("event %s waits for the database: %s", self.identifier, str(error).strip())
                return OUTAGE_PAUSE
            raise

    def dead(self) -> amqp.Message:
        """Make the dead letter: as it came, and why it is one."""
        own = {"x-reason": self.failure[:1000], "x-dead-letter": self.identifier}
        return persistent(self.body, {**self.headers, **own})

    def _take(self, is_last_try: bool) -> float | None:
        try:
            taking.take(self.group, events.read(self.headers, self.body))
        except UnknownType as error:  # of a release that this process is to be replaced by, perhaps
            return self._fail(str(error), is_last_try)
        except EventError as error:
            self._give_up(str(error))
        except Exception as error:  # pylint: disable=broad-exception-caught  # whatever a consumer raises
            if isinstance(error, Error) and not is_database_there():
                raise
            return self._fail("".join(traceback.format_exception(error)), is_last_try)
        return None

    def _fail(self, reason: str, is_last_try: bool) -> float | None:
        self.tries += 1
        hooks.count("retried", 1, group=self.group)
        logger.warning("event %s failed %d times: %s", self.identifier, self.tries, reason)
        if self.tries < settings.CONSUMER_TRIES and not is_last_try:
            return float(min(settings.CONSUMER_PAUSE * 2 ** (self.tries - 1), LONGEST_PAUSE))
        self._give_up(reason)
        return None

    def _give_up(self, reason: str) -> None:
        dead_letters.enter(self.group, self.identifier, self.headers, self.body, reason)
        hooks.count("dead_lettered", 1, group=self.group)
        logger.error(
            "event %s is put among the dead letters of %s: %s", self.identifier, self.group, reason[-1000:]
        )
        self.failure = reason
