"""The loop of consumers: takes events from RabbitMQ, each key's in order, and answers for each."""

import logging
import select
import ssl
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import amqp
from amqp.exceptions import AMQPError
from django.conf import settings
from django.db import Error, close_old_connections

from stack.events import health
from stack.events.backoff import LONGEST, Backoff
from stack.events.bell import Bell
from stack.events.retention import Retention
from stack.inbox import taking
from stack.rabbitmq.confirmed import Confirmed
from stack.rabbitmq.connection import connected
from stack.rabbitmq.delivery import Delivery
from stack.rabbitmq.lanes import Lanes
from stack.rabbitmq.topology import dead_letters, declare, queue

TAG = "consumer"
HEARTBEAT = 10
"""Seconds without a word after which broker and consumer take each other for dead."""
BEAT = 1.0
"""Seconds between two looks at the clock."""
GRACE = 25.0
"""Seconds that effects in hand get when the process is to end."""
HANGS = 300.0
"""Seconds after which an effect that is still being taken makes the process unhealthy."""

logger = logging.getLogger(__name__)


class Consuming:
    """Consumes for some groups, over one connection at a time.

    Of several that do, one is given a queue's events, and another once that one is gone.
    """

    def __init__(self, groups: Sequence[str]) -> None:
        """Begin with nothing connected."""
        self._groups = groups
        self._stopping = False
        self._bell = Bell()
        self._retention = Retention(taking.forget)

    def stop(self) -> None:
        """End once the effects in hand are taken."""
        self._stopping = True
        self._bell.ring()

    def run(self) -> None:
        """Consume until told to stop; outlive whatever is away."""
        backoff = Backoff()
        while not self._stopping:
            health.beat("consume")
            begun = time.monotonic()
            try:
                with connected(settings.AMQP_URL, heartbeat=HEARTBEAT) as connection:
                    self._consume(connection)
            except (AMQPError, OSError) as error:
                if time.monotonic() - begun > 2 * LONGEST:  # it went well for a while
                    backoff.reset()
                logger.warning("Events wait in RabbitMQ: %s", str(error).strip() or type(error).__name__)
                self._bell.wait(backoff.next())

    def _consume(self, connection: amqp.Connection) -> None:
        """Consume until told to stop, or the connection is lost."""
        lanes, confirmed = Lanes(settings.CONSUMER_THREADS), Confirmed(settings.AMQP_URL)
        try:
            declare(connection)
            for group in self._groups:
                self._subscribe(connection, group, lanes, confirmed)
            self._turn(connection, lanes, until=lambda: self._stopping)
            # Not cancelled: the broker would give the next one what is behind the events that are still here.
            lanes.end()
            deadline = time.monotonic() + GRACE
            self._turn(connection, lanes, until=lambda: not lanes.is_running() or time.monotonic() > deadline)
        finally:
            confirmed.close()
            lanes.close(GRACE)

    def _subscribe(self, connection: amqp.Connection, group: str, lanes: Lanes, confirmed: Confirmed) -> None:
        channel = connection.channel()
        channel.auto_decode = False  # what a header says of the body may be wrong
        channel.basic_qos(0, settings.CONSUMER_PREFETCH, False)
        failing: set[str | None] = set()

        def arrive(message: amqp.Message) -> None:
            delivery = Delivery.of(group, message)

            def take() -> float | None:
                return delivery.take(is_last_try=delivery.key in failing)

            def answer() -> None:
                if delivery.failure:
                    confirmed.publish(delivery.dead(), dead_letters(group))
                    failing.add(delivery.key)
                else:
                    failing.discard(delivery.key)
                channel.basic_ack(message.delivery_tag)

            lanes.add((group, message.delivery_tag if delivery.key is None else delivery.key), take, answer)

        channel.basic_consume(queue(group), TAG, callback=arrive)

    def _turn(self, connection: amqp.Connection, lanes: Lanes, *, until: Callable[[], bool]) -> None:
        """Pass on what arrives, and answer for what is done."""
        beaten = 0.0
        while not until():
            now = time.monotonic()
            if now - beaten > BEAT:
                beaten = now
                if lanes.longest() < HANGS:
                    health.beat("consume")
                connection.heartbeat_tick()
                self._tidy()
            wait = min(lanes.turn(), BEAT)
            if until():
                break
            ready, _, _ = select.select([connection.sock, lanes.bell, self._bell], [], [], wait)
            if self._bell in ready:
                self._bell.silence()
            if connection.sock in ready or _holds_more(connection.sock):
                _drain(connection)

    def _tidy(self) -> None:
        close_old_connections()
        with suppress(Error):  # later, then
            self._retention.turn()


def _holds_more(sock: Any) -> bool:
    """Say whether TLS has read something that the system then no longer tells of."""
    return isinstance(sock, ssl.SSLSocket) and sock.pending() > 0


def _drain(connection: amqp.Connection) -> None:
    """Read all frames that are there."""
    with suppress(TimeoutError):
        while True:
            connection.drain_events(timeout=0.0001)
