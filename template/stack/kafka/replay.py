"""Replay: a group takes its dead letters once more."""

from confluent_kafka import Consumer, KafkaError, KafkaException, TopicPartition

from stack.inbox import dead_letters as entries
from stack.kafka import positions, topics
from stack.kafka.connection import PATIENCE, configuration, logger
from stack.kafka.dead_letters import DeadLetters
from stack.kafka.reading import Reading
from stack.kafka.record import Record
from stack.kafka.registry import groups, inbox_of
from stack.outbox.routes import SinkError

PROPERTIES = {
    "auto.offset.reset": "earliest",
    "enable.auto.commit": False,
    "enable.partition.eof": True,
    "fetch.wait.max.ms": 50,
    "group.id": "unused",  # the client asks for one
}


class DeadReading(Reading):
    """Reads dead letters, each tried once; one that fails again is put behind the others."""

    def effect(self, record: Record) -> None:
        """Take an event's effect, and write down that it is no dead letter any more."""
        super().effect(record)
        entries.replayed(inbox_of(self._group), record.identifier)


def replay(group: str) -> tuple[int, int]:
    """Have a group take its dead letters, up to the present last one.

    Later events of their keys were taken before: this is out of their order.

    Returns:
        How many it took, and how many failed again.

    Raises:
        SinkError: The brokers are away, or hang.
        Lost: Another replay is at it.
    """
    handlers, dead = groups()[group], DeadLetters(group)
    failed: list[Record] = []

    def lay_aside(record: Record, reason: str) -> None:
        dead.send(record, reason)
        failed.append(record)

    names = {topics.dead_letters(topics.topic_of(each.name), group) for each in handlers}
    read = 0
    try:
        topics.declare(names, partitions=1)
        logs = topics.look(names)
        wanted = [(name, number) for name, log in logs.items() for number in log.partitions]
        for partition, position in positions.begin(group, wanted, logs).items():
            reading = DeadReading(group, partition, position, handlers=handlers, lay_aside=lay_aside, tries=1)
            read += _read(reading)
    except KafkaException as error:
        raise SinkError(f"Kafka: {error}") from error
    finally:
        dead.close()
    return read - len(failed), len(failed)


def _read(reading: Reading) -> int:
    """Read up to what is the end when the first one comes: those that fail again go behind it."""
    number, end = 0, None
    consumer = Consumer(configuration() | PROPERTIES, logger=logger)
    try:
        place = TopicPartition(*reading.partition, reading.position)
        consumer.assign([place])
        while end is None or reading.position < end:
            message = consumer.poll(2 * PATIENCE)
            if message is None:
                raise SinkError("Kafka: the dead letters do not come")
            if error := message.error():
                if error.code() == KafkaError._PARTITION_EOF:  # pylint: disable=protected-access
                    break
                raise KafkaException(error)
            if end is None:
                _, end = consumer.get_watermark_offsets(place, cached=True)
            reading.add(Record.of(message))
            position = reading.position
            reading.take()
            if reading.position == position:
                raise SinkError("a server is away; the dead letters stay where they are")
            number += 1
    finally:
        consumer.close()
    return number
