"""What Kafka has to have: a topic for each kind of thing that events are of; others for dead letters."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from confluent_kafka import KafkaError, KafkaException, TopicCollection, TopicPartition
from confluent_kafka.admin import (  # type: ignore[attr-defined]
    AdminClient,
    NewTopic,
    OffsetSpec,
)
from django.conf import settings

from stack.kafka.connection import PATIENCE, configuration, logger

THERE_OR_NOT_OURS_TO_MAKE = {
    KafkaError.TOPIC_ALREADY_EXISTS,
    KafkaError.TOPIC_AUTHORIZATION_FAILED,
    KafkaError.CLUSTER_AUTHORIZATION_FAILED,
}
DAY = 24 * 60 * 60 * 1000
"""Milliseconds."""


class Log(NamedTuple):
    """A topic, as it is now.

    Attributes:
        identifier: Another one if the topic is deleted and made anew.
        partitions: Their numbers.
    """

    identifier: str
    partitions: Sequence[int]


def topic_of(name: str) -> str:
    """Return the topic of a type: one for all that happens to a kind of thing, so that its order is kept."""
    return f"{settings.KAFKA_PREFIX}{name.partition('.')[0]}"


def dead_letters(topic: str, group: str) -> str:
    """Return the topic of what a group could not take of one."""
    return f"{topic}.{group}.dead"


def declare(topics: Iterable[str], *, partitions: int | None = None) -> None:
    """Make the topics that are not there; one that is stays as it is.

    Args:
        topics: Their names.
        partitions: How many each has, if not as usual.

    Raises:
        KafkaException: No broker answers, or one refuses.
    """
    days = settings.KAFKA_RETENTION_DAYS
    wanted = [
        NewTopic(
            name,
            partitions or settings.KAFKA_PARTITIONS,
            settings.KAFKA_REPLICATION,
            config={"retention.ms": str(days * DAY if days else -1)},
        )
        for name in topics
    ]
    admin = _admin()  # which must outlive its answers
    for made in admin.create_topics(wanted, request_timeout=PATIENCE).values():
        try:
            made.result()
        except KafkaException as error:
            if error.args[0].code() not in THERE_OR_NOT_OURS_TO_MAKE:
                raise


def look(topics: Iterable[str]) -> dict[str, Log]:
    """Look at topics.

    Raises:
        KafkaException: No broker answers, or one of them is not there.
    """
    admin, found = _admin(), {}
    asked = admin.describe_topics(TopicCollection(list(topics)), request_timeout=PATIENCE)
    for name, answer in asked.items():
        told = answer.result()
        found[name] = Log(str(told.topic_id), sorted(each.id for each in told.partitions))
    return found


def ends(partitions: Iterable[tuple[str, int]]) -> dict[tuple[str, int], int]:
    """Return the positions that the next event of each partition will have.

    Tansu, the broker of `stackyard run`, gives one that is too low by the last batch, less one event.

    Raises:
        KafkaException: No broker answers.
    """
    admin, latest = _admin(), OffsetSpec.latest()  # type: ignore[no-untyped-call]
    asked = {TopicPartition(*each): latest for each in partitions}
    answers = admin.list_offsets(asked, request_timeout=PATIENCE)
    return {(each.topic, each.partition): answer.result().offset for each, answer in answers.items()}


def _admin() -> AdminClient:
    return AdminClient(configuration(), logger=logger)
