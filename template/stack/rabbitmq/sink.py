"""RabbitMQ for the relay: an event is sent once the broker says that a queue has it."""

import socket
import time
from collections.abc import Container, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Any
from urllib.parse import unquote

import amqp
import orjson
from amqp import spec
from amqp.exceptions import AMQPError, ChannelError, NotFound, PreconditionFailed
from django.conf import settings

from stack.outbox.routes import SinkError
from stack.outbox.window import Row, Unsent, Window
from stack.rabbitmq.connection import PATIENCE, connect, drop, persistent
from stack.rabbitmq.topology import bind, declare


class RabbitMQ:  # pylint: disable=too-many-instance-attributes
    """A connection to the broker, made when it is needed, and anew after an error."""

    def __init__(self, url: str) -> None:
        """Remember where it is."""
        self._url = url
        self._connection: amqp.Connection | None = None
        self._channel: amqp.Channel | None = None
        self._last_tag = 0
        self._unconfirmed: dict[int, Row] = {}
        self._window = Window([])
        self._exchanges: set[str] = set()
        self._is_proven = False

    def send(self, wave: Sequence[Row], window: Window) -> None:
        """Send events, no two of a key, and note in the window what became of each.

        Raises:
            SinkError: The broker is away, or hangs; of some events nothing is known.
        """
        is_first, self._window = window is not self._window, window
        try:
            try:
                self._send(wave, {row.destination for row in window.rows} if is_first else ())
            except NotFound:  # more than a binding is gone: to connect makes all of it anew
                self.close()
                self._send(self._open(wave))
        except ChannelError:  # it refused one of them, and does not say which: each by itself
            self.close()
            for row in self._open(wave):
                self._send_alone(row)

    def close(self) -> None:
        """Let the connection go, without a word to a broker that may hang."""
        connection, self._connection, self._channel = self._connection, None, None
        self._unconfirmed.clear()
        if connection is not None:
            drop(connection)

    def _open(self, wave: Sequence[Row]) -> list[Row]:
        """Return those of which nothing is known."""
        return [row for row in wave if row.id not in self._window.sent and row.id not in self._window.unsent]

    def _send_alone(self, row: Row) -> None:
        try:
            self._send([row])
        except ChannelError as error:  # a message that is no good is of no use again; a right may be given
            self.close()
            self._window.unsent[row.id] = Unsent(str(error), hopeless=isinstance(error, PreconditionFailed))

    def _send(self, wave: Sequence[Row], destinations: Container[str] = ()) -> None:
        """Send events, after seeing that each queue of ours gets those that go to some destinations.

        Without a binding they would go past it unnoticed. A channel does one thing after the other, so none
        waits for an answer. If more than a binding is gone it ends, and what is made anew has all of it.
        """
        channel = self._connected()
        if not self._is_proven and len(wave) > 1:
            # One first: a broker that takes in what it does not confirm would get a window each time.
            self._send(wave[:1], destinations)
            wave, destinations = wave[1:], ()
        try:
            _hold_back(channel.connection, True)
            bind(channel, destinations)
            for row in wave:
                self._publish(channel, row)
            _hold_back(channel.connection, False)
            deadline = time.monotonic() + PATIENCE
            while self._unconfirmed:
                assert self._connection is not None
                self._connection.drain_events(timeout=max(deadline - time.monotonic(), 0.001))
            self._is_proven = True
        except ChannelError:
            raise
        except (AMQPError, OSError) as error:  # a time-out is one of the latter
            self.close()
            raise SinkError(f"RabbitMQ: {error or type(error).__name__}") from error

    def _publish(self, channel: amqp.Channel, row: Row) -> None:
        try:
            exchange, routing_key = address(row.destination)
            self._find(exchange)
            message = persistent(row.body.encode(), orjson.loads(row.headers), message_id=row.id)
            channel.basic_publish(message, exchange, routing_key, mandatory=True)
        except NotFound as error:
            if error.method_sig != spec.Exchange.Declare:
                raise  # it is of what was sent before, and the channel has ended
            self._window.unsent[row.id] = Unsent(str(error))  # no such exchange: it may be made
            return
        except (AMQPError, OSError):
            raise
        except Exception as error:  # pylint: disable=broad-exception-caught  # others can be sent
            self._window.unsent[row.id] = Unsent(f"{type(error).__name__}: {error}", hopeless=True)
            return
        self._last_tag += 1
        self._unconfirmed[self._last_tag] = row

    def _find(self, exchange: str) -> None:
        """Make sure that an exchange is there: to publish to none would close the channel, confirms and all.

        Raises:
            NotFound: It is not.
        """
        if exchange and exchange not in self._exchanges:
            assert self._connection is not None
            _hold_back(self._connection, False)  # a question waits for its answer
            with self._connection.channel() as asking:
                asking.exchange_declare(exchange, "", passive=True)
            self._exchanges.add(exchange)

    def _connected(self) -> amqp.Channel:
        """Connect, if need be. Whatever is wrong with that is wrong with no event."""
        if self._channel is None:
            try:
                self._connection = connect(self._url)
                declare(self._connection)
                channel = self._connection.channel()
                channel.confirm_select()
            except (AMQPError, OSError) as error:
                self.close()
                raise SinkError(f"RabbitMQ: {error or type(error).__name__}") from error
            channel.events["basic_ack"].add(self._on_ack)
            channel.events["basic_nack"].add(self._on_nack)
            channel.events["basic_return"].add(self._on_return)
            self._last_tag, self._is_proven = 0, False
            self._exchanges = {settings.EVENTS_EXCHANGE}
            self._channel = channel
        return self._channel

    def _confirmed(self, tag: int, multiple: bool) -> list[Row]:
        # They are in the order of their tags: what comes after this one isn't looked at.
        tags = list(takewhile(lambda each: each <= tag, self._unconfirmed)) if multiple else [tag]
        return [self._unconfirmed.pop(each) for each in tags if each in self._unconfirmed]

    def _on_ack(self, tag: int, multiple: bool) -> None:
        for row in self._confirmed(tag, multiple):
            if row.id not in self._window.unsent:  # the broker confirms what it has returned, too
                self._window.sent.add(row.id)

    def _on_nack(self, tag: int, multiple: bool) -> None:
        for row in self._confirmed(tag, multiple):
            self._window.unsent[row.id] = Unsent("RabbitMQ has no room for it", busy=True)

    def _on_return(self, error: Exception, exchange: str, routing_key: str, message: Any) -> None:
        reason = f"no queue is bound to {exchange or 'the default exchange'} for {routing_key}: {error}"
        self._window.unsent[message.properties["message_id"]] = Unsent(reason)


def _hold_back(connection: amqp.Connection, is_held: bool) -> None:
    """Have Linux collect what is written, for few large packets: one a message takes twice the time."""
    if hasattr(socket, "TCP_CORK"):
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, is_held)


@lru_cache
def address(destination: str) -> tuple[str, str]:
    """Read a destination as RabbitMQ's STOMP plug-in does.

    Returns:
        The exchange, and the routing key.

    Raises:
        ValueError: It is none.
    """
    match destination.split("/"):
        case ["", "exchange", exchange, *key] if exchange:
            return unquote(exchange), unquote("/".join(key))
        case ["", "topic", *key] if key:
            return "amq.topic", unquote("/".join(key))
        case ["", "queue", queue] | ["", "amq", "queue", queue]:
            return "", unquote(queue)
    raise ValueError(f"no destination: {destination!r}; one is /exchange/events/order.placed.v1")
