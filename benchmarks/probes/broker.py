"""RabbitMQ without an outbox: the least that has events confirmed, and a broom."""

import json
import socket
import sys
import time
from collections.abc import Sequence
from itertools import batched
from typing import Any, NamedTuple

import amqp
from django.conf import settings
from django.db import connection
from probes.thing import BATCH, GROUP, TYPE
from stack.rabbitmq.connection import connect, connected
from stack.rabbitmq.topology import declare, queue

PERSISTENT = 2


class Event(NamedTuple):
    """What goes over the wire."""

    row: str
    body: bytes
    headers: dict[str, Any]


class Floor:
    """A channel on which many are on their way before one is confirmed."""

    def __init__(self) -> None:
        """Connect."""
        link = connect(settings.AMQP_URL)
        self._socket = link.sock
        self._channel = link.channel()
        declare(self._channel.connection)
        self._channel.confirm_select()
        self._channel.events["basic_ack"].add(self._on_ack)
        self._sent = self._confirmed = 0

    def publish(self, events: Sequence[Event]) -> None:
        """Publish persistent and mandatory events, by windows of which each is confirmed."""
        for window in batched(events, BATCH):
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)  # in few large packets
            for event in window:
                message = amqp.Message(
                    event.body,
                    content_type="application/json",
                    delivery_mode=PERSISTENT,
                    message_id=event.row,
                    application_headers=event.headers,
                )
                self._channel.basic_publish(message, settings.EVENTS_EXCHANGE, f"{TYPE}.v1", mandatory=True)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 0)
            self._sent += len(window)
            while self._confirmed < self._sent:
                self._channel.connection.drain_events(timeout=5)

    def close(self) -> None:
        """Take leave."""
        self._channel.connection.close()

    def _on_ack(self, tag: int, multiple: bool) -> None:
        self._confirmed = max(self._confirmed, tag) if multiple else self._confirmed + 1


def pending() -> list[Event]:
    """Read the events of the outbox, ready to be sent."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id::text, body::text, headers::text FROM published WHERE status = 1 ORDER BY relay_seq"
        )
        return [Event(row, body.encode(), json.loads(headers)) for row, body, headers in cursor.fetchall()]


def purge(number: int = 0, *, may_lose: bool = False) -> None:
    """Empty the queue, of at least so many: what the library has sent, it does not know to be there.

    Args:
        number: How many are waited for.
        may_lose: Whether some may never come.
    """
    with connected(settings.AMQP_URL) as link:
        declare(link)
        channel = link.channel()
        deadline = time.monotonic() + 30
        there: int = channel.queue_purge(queue(GROUP))
        while there < number:
            if time.monotonic() > deadline:
                assert may_lose, f"{there} of {number} events came into the queue"
                print(f"{number - there} of {number} events never came into the queue", file=sys.stderr)
                break
            time.sleep(0.05)
            there += channel.queue_purge(queue(GROUP))
