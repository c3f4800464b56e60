"""Dead letters: what a group could not take, in a topic of its own, with the reason."""

from confluent_kafka import KafkaError, KafkaException

from stack.kafka import topics
from stack.kafka.producing import Confirming, Outgoing
from stack.kafka.record import OWN, Record
from stack.outbox.routes import SinkError

REASON = 2_000
"""Characters of a reason, its end, which says the most of a traceback."""


class DeadLetters:
    """A group's dead letters."""

    def __init__(self, group: str) -> None:
        """Begin with nothing connected."""
        self._group = group
        self._producer = Confirming()
        self._declared: set[str] = set()

    def send(self, record: Record, reason: str) -> None:
        """Put an event among them, for sure; one that is there already, behind them.

        Raises:
            SinkError: The brokers are away, hang, or refuse it.
        """
        origin = {
            "x-topic": record.topic,
            "x-partition": str(record.partition),
            "x-offset": str(record.offset),
        }
        own = {name: value for name, value in record.headers.items() if name in origin} or origin
        topic = (
            record.topic if "x-topic" in record.headers else topics.dead_letters(record.topic, self._group)
        )
        headers = {name: value for name, value in record.headers.items() if not name.startswith(OWN)}
        refused: list[KafkaError] = []
        self._declare(topic)
        self._producer.send(
            [Outgoing(topic, record.key, headers | own | {"x-reason": reason[-REASON:]}, record.body)],
            lambda _, error: refused.append(error) if error else None,
        )
        if refused:
            self._declared.clear()
            raise SinkError(f"Kafka: {refused[0].str()}")

    def close(self) -> None:
        """Let the connection go."""
        self._producer.close()

    def _declare(self, topic: str) -> None:
        if topic not in self._declared:
            try:
                topics.declare([topic], partitions=1)  # in one order
            except KafkaException as error:
                raise SinkError(f"Kafka: {error}") from error
            self._declared.add(topic)
