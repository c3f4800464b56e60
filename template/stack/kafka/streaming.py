"""The loop of a group's reader: partitions come and go, events are taken."""

import time
from collections.abc import Sequence
from threading import Event

from confluent_kafka import Consumer, KafkaError, KafkaException, Message, TopicPartition
from django.conf import settings
from django.db import Error, close_old_connections, connection

from stack.events import health
from stack.events.backoff import Backoff
from stack.events.retention import Retention
from stack.inbox import taking
from stack.kafka import positions, topics
from stack.kafka.connection import configuration, logger
from stack.kafka.dead_letters import DeadLetters
from stack.kafka.positions import Lost
from stack.kafka.reading import BATCH, Reading
from stack.kafka.record import Record
from stack.kafka.registry import groups

TURN = 0.25
"""Seconds that it waits for events, at most, before it looks whether it is to stop."""
HELD = 4 * BATCH
"""Events of a partition that wait here, until no more are fetched."""

PROPERTIES = {
    "auto.offset.reset": "earliest",  # where the log begins by now, if a position is before that
    "enable.auto.commit": False,
    "enable.auto.offset.store": False,
    "heartbeat.interval.ms": 1500,
    "session.timeout.ms": 6000,  # until the partitions of a reader that was killed are another's
    "partition.assignment.strategy": "range",
}


class Streaming:
    """Reads for a group. Several that do share the partitions."""

    def __init__(self, group: str) -> None:
        """Begin with nothing connected."""
        self.group = group
        self.readings: dict[tuple[str, int], Reading] = {}
        self._handlers = groups()[group]
        self._dead_letters = DeadLetters(group)
        self._stopping = Event()
        self._retention = Retention(taking.forget)

    @property
    def topics(self) -> list[str]:
        """Where its events are."""
        return sorted({topics.topic_of(each.name) for each in self._handlers})

    def stop(self) -> None:
        """End once the effects in hand are taken."""
        self._stopping.set()

    def run(self) -> None:
        """Read until told to stop; outlive whatever is away."""
        backoff = Backoff()
        while not self._stopping.is_set():
            health.beat(f"stream-{self.group}")
            try:
                self._read()
                backoff.reset()
            except (KafkaException, Error, Lost, OSError) as error:
                logger.warning("Events wait in Kafka: %s", str(error).strip())
                connection.close()
                self._stopping.wait(backoff.next())
        self._dead_letters.close()

    def join(self, consumer: Consumer) -> None:
        """Have partitions given to us."""
        consumer.subscribe(self.topics, on_assign=self.assigned, on_revoke=self.revoked, on_lost=self.revoked)

    def assigned(self, consumer: Consumer, given: Sequence[TopicPartition]) -> None:
        """Begin to read partitions where the group was.

        This and the next are called from within the consumer's `poll`: there is no effect in hand.
        """
        self.readings.clear()
        wanted = [(each.topic, each.partition) for each in given]
        begun = (
            positions.begin(self.group, wanted, topics.look({topic for topic, _ in wanted})) if wanted else {}
        )
        for partition, position in begun.items():
            self.readings[partition] = Reading(
                self.group, partition, position, handlers=self._handlers, lay_aside=self._dead_letters.send
            )
        consumer.assign([TopicPartition(*partition, position) for partition, position in begun.items()])

    def revoked(self, _consumer: Consumer, _taken: Sequence[TopicPartition]) -> None:
        """Forget what waits of partitions that are no longer ours."""
        self.readings.clear()

    def _read(self) -> None:
        """Read until told to stop, or the partitions are lost."""
        topics.declare(self.topics)
        group = f"{settings.KAFKA_PREFIX}{self.group}"
        consumer = Consumer(configuration(group_id=group) | PROPERTIES, logger=logger)
        try:
            self.join(consumer)
            while not self._stopping.is_set():
                self.turn(consumer)
        finally:
            self.readings.clear()
            consumer.close()

    def turn(self, consumer: Consumer) -> None:
        """Wait for events, for a short while, and take the effects that are due."""
        first = consumer.poll(self._wait())
        for message in [first, *consumer.consume(HELD, 0)] if first else ():
            self._arrive(message)
        close_old_connections()
        for reading in self.readings.values():
            if reading.is_due:
                reading.take()
            self._pause(consumer, reading)
        health.beat(f"stream-{self.group}")
        self._retention.turn()

    def _wait(self) -> float:
        dues = [reading.due for reading in self.readings.values() if reading.waiting]
        return min(max(min(dues, default=TURN) - time.monotonic(), 0), TURN) if dues else TURN

    def _arrive(self, message: Message) -> None:
        if error := message.error():
            if error.fatal() or error.code() == KafkaError.UNKNOWN_TOPIC_OR_PART:
                raise KafkaException(error)
            logger.warning("Kafka: %s", error.str())
            return
        record = Record.of(message)
        if reading := self.readings.get((record.topic, record.partition)):
            reading.add(record)

    def _pause(self, consumer: Consumer, reading: Reading) -> None:
        """Have no more of a partition fetched while too much of it waits."""
        if reading.is_paused and len(reading.waiting) <= BATCH:
            consumer.resume([TopicPartition(*reading.partition)])
            reading.is_paused = False
        elif not reading.is_paused and len(reading.waiting) > HELD:
            consumer.pause([TopicPartition(*reading.partition)])
            reading.is_paused = True
