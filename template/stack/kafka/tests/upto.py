"""Reading what is on a stream, without a group's seconds."""

from confluent_kafka import Consumer, KafkaError, TopicPartition

from stack.kafka import topics
from stack.kafka.connection import configuration
from stack.kafka.record import Record
from stack.kafka.replay import PROPERTIES
from stack.kafka.streaming import Streaming
from tests.processes import SECONDS


class Alone(Streaming):
    """Reads all partitions, without the seconds that brokers take to give them out."""

    def join(self, consumer: Consumer) -> None:
        """Take them."""
        logs = topics.look(self.topics)
        given = [TopicPartition(name, number) for name, log in logs.items() for number in log.partitions]
        self.assigned(consumer, given)


def records(topic: str) -> list[Record]:
    """Return all that a topic has."""
    found = list[Record]()
    left = len(partitions := topics.look([topic])[topic].partitions)
    consumer = Consumer(configuration() | PROPERTIES)
    try:
        consumer.assign([TopicPartition(topic, number, 0) for number in partitions])
        while left:
            message = consumer.poll(SECONDS)
            assert message is not None
            if error := message.error():
                assert error.code() == KafkaError._PARTITION_EOF, error  # pylint: disable=protected-access
                left -= 1
            else:
                found.append(Record.of(message))
    finally:
        consumer.close()
    return found


class UpTo(Alone):
    """Reads what is on the stream by now, and ends."""

    def __init__(self, group: str) -> None:
        """Look at what there is."""
        super().__init__(group)
        topics.declare(self.topics)
        self.ends = {
            (each.topic, each.partition): each.offset + 1 for name in self.topics for each in records(name)
        }

    def turn(self, consumer: Consumer) -> None:
        """Stop once all of it is read."""
        super().turn(consumer)
        if all(self.readings[place].position >= end for place, end in self.ends.items()):
            self.stop()


def read_all(group: str) -> None:
    """Read what is on a group's streams by now, in this thread."""
    UpTo(group).run()
