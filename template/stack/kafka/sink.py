"""Kafka for the relay: an event is sent once the brokers say that they have it."""

import json
import re
from collections.abc import Sequence

from confluent_kafka import KafkaError, KafkaException

from stack.kafka import topics
from stack.kafka.producing import HOPELESS, Confirming, Outgoing
from stack.outbox.routes import SinkError
from stack.outbox.window import Row, Unsent, Window

DESTINATION = re.compile(r"/kafka/(?P<topic>[a-zA-Z0-9._-]{1,249})")


class Kafka:
    """A connection to the brokers, made when it is needed, and anew after an error."""

    def __init__(self) -> None:
        """Begin with nothing connected."""
        self._producer = Confirming()
        self._declared: set[str] = set()

    def send(self, wave: Sequence[Row], window: Window) -> None:
        """Send events, no two of a key, and note in the window what became of each.

        Raises:
            SinkError: The brokers are away, or hang; of some events nothing is known.
        """
        rows, outgoing = [], []
        for row in wave:
            try:
                outgoing.append(self._outgoing(row))
                rows.append(row)
            except (ValueError, AttributeError) as error:
                window.unsent[row.id] = Unsent(f"{type(error).__name__}: {error}", hopeless=True)

        def note(number: int, error: KafkaError | None) -> None:
            if error is None:
                window.sent.add(rows[number].id)
            else:
                self._declared.discard(outgoing[number].topic)
                window.unsent[rows[number].id] = Unsent(error.str(), hopeless=error.code() in HOPELESS)

        try:
            self._producer.send(outgoing, note)
        except SinkError:
            self.close()
            raise

    def close(self) -> None:
        """Let the connection go, without a word to a broker that may hang."""
        self._producer.close()
        self._declared.clear()

    def _outgoing(self, row: Row) -> Outgoing:
        if not (found := DESTINATION.fullmatch(row.destination)):
            raise ValueError(f"no destination: {row.destination!r}; one is /kafka/order")
        topic = found["topic"]
        self._declare(topic)
        return Outgoing(topic, row.key.encode(), json.loads(row.headers), row.body.encode())

    def _declare(self, topic: str) -> None:
        if topic in self._declared:
            return
        try:
            topics.declare([topic])
        except KafkaException as error:
            raise SinkError(f"Kafka: {error.args[0].str()}") from error
        self._declared.add(topic)
