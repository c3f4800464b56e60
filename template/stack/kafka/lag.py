"""Lag: how many events a group has not taken yet; also when none of its readers runs."""

from typing import NamedTuple

from stack.kafka import topics
from stack.kafka.models import StreamPosition
from stack.kafka.registry import groups


class Lag(NamedTuple):
    """How far behind a group is.

    Attributes:
        group: Whose.
        topic: In which topic.
        partition: In which partition.
        events: How many it has not taken yet.
    """

    group: str
    topic: str
    partition: int
    events: int


def measure() -> list[Lag]:
    """Ask brokers and database.

    Raises:
        KafkaException: No broker answers.
        django.db.Error: The database does not.
    """
    wanted = {(group, topics.topic_of(each.name)) for group, types in groups().items() for each in types}
    if not wanted:
        return []
    names = {topic for _, topic in wanted}
    topics.declare(names)
    logs = topics.look(names)
    ends = topics.ends((name, number) for name, log in logs.items() for number in log.partitions)
    read = {(row.group, row.topic, row.partition): row for row in StreamPosition.objects.all()}
    found = []
    for group, topic in sorted(wanted):
        for partition in logs[topic].partitions:
            row = read.get((group, topic, partition))
            position = row.position if row and row.log == logs[topic].identifier else 0
            found.append(Lag(group, topic, partition, max(ends[topic, partition] - position, 0)))
    return found
