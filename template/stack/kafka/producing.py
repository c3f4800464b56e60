"""Sending, for sure: what the brokers have confirmed, on all replicas that are in sync."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from confluent_kafka import KafkaError, KafkaException, Producer

from stack.kafka.connection import PATIENCE, configuration, logger
from stack.kafka.record import write
from stack.outbox.routes import SinkError

HOPELESS = {
    KafkaError.MSG_SIZE_TOO_LARGE,
    KafkaError.RECORD_LIST_TOO_LARGE,
    KafkaError.INVALID_MSG,
    KafkaError.INVALID_RECORD,
    KafkaError.TOPIC_EXCEPTION,
    KafkaError._INVALID_ARG,  # pylint: disable=protected-access  # how the client calls its own
}
"""What no broker will ever take."""
REFUSED = {KafkaError.TOPIC_AUTHORIZATION_FAILED, KafkaError.UNKNOWN_TOPIC_OR_PART}
"""What the broker answers before it takes anything; after any other error, nobody knows whether it has."""

PROPERTIES = {
    "acks": "all",
    "enable.idempotence": True,  # what the client itself sends again is neither doubled nor out of order
    "message.timeout.ms": PATIENCE * 1000,
    "partitioner": "murmur2_random",  # as Java's clients, so that all find a key in one partition
}


class Outgoing(NamedTuple):
    """What to send.

    Attributes:
        topic: Where to.
        key: What it is about.
        headers: CloudEvents' attributes as `ce-id` and so on, and others.
        body: JSON.
    """

    topic: str
    key: bytes | None
    headers: Mapping[str, str]
    body: bytes


class Confirming:
    """A producer, made when it is needed, and anew after an error."""

    def __init__(self) -> None:
        """Begin with nothing connected."""
        self._producer: Producer | None = None

    def send(self, outgoing: Iterable[Outgoing], note: Callable[[int, KafkaError | None], None]) -> None:
        """Send messages at once, no two of a key.

        Args:
            outgoing: The messages.
            note: Told of each, by its number, that it is taken, or why it is not.

        Raises:
            SinkError: The brokers are away, or hang: of those not told of, nothing is known.
        """
        producer = self._connected()
        unknown: list[KafkaError] = []
        for number, each in enumerate(outgoing):

            def told(error: KafkaError | None, _message: object, number: int = number) -> None:
                if error is None or error.code() in HOPELESS | REFUSED:
                    note(number, error)
                else:
                    unknown.append(error)

            try:
                producer.produce(
                    each.topic, each.body, each.key, headers=write(each.headers), on_delivery=told
                )
            except KafkaException as error:
                told(error.args[0], None)
        left = producer.flush(PATIENCE + 1)
        if left or unknown:
            self.close()
            raise SinkError(f"Kafka: {unknown[0].str() if unknown else f'{left} messages are not confirmed'}")

    def close(self) -> None:
        """Let the producer go, and what it has not sent."""
        producer, self._producer = self._producer, None
        if producer is not None:
            producer.purge()

    def _connected(self) -> Producer:
        if self._producer is None:
            self._producer = Producer(configuration() | PROPERTIES, logger=logger)
        return self._producer
