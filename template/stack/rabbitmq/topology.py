"""What RabbitMQ has to have: an exchange, a queue for each group of consumers, and one for its dead letters.

Relays and consumers declare it when they connect, each time all of it: what is there already stays as it is.
"""

import logging
from collections.abc import Container

import amqp
from django.conf import settings

from stack.events import EventType
from stack.inbox.registry import groups

logger = logging.getLogger(__name__)

FOR_EVER = 1_000_000_000
"""Deliveries: RabbitMQ 4 would drop a dead letter that was looked at twenty times."""
DELIVERIES = 1_000
"""After so many the broker itself lays a message aside: one that kills each process that it is given to."""


def queue(group: str) -> str:
    """Return the name of a group's queue."""
    return f"{settings.EVENTS_EXCHANGE}.{group}"


def dead_letters(group: str) -> str:
    """Return the name of the queue of what a group could not take."""
    return f"{queue(group)}.dead"


def declare(connection: amqp.Connection) -> None:
    """Declare all of it.

    Raises:
        amqp.PreconditionFailed: Something of a name is there already, and is different.
    """
    with connection.channel() as channel:
        _declare(channel)


def _declare(channel: amqp.Channel) -> None:
    channel.exchange_declare(settings.EVENTS_EXCHANGE, "topic", durable=True, auto_delete=False)
    for group, consumers in groups().items():
        _declare_queue(channel, dead_letters(group), {"x-delivery-limit": FOR_EVER})
        _declare_queue(
            channel,
            queue(group),
            {
                "x-single-active-consumer": True,  # the others stand by: the order of keys is kept
                "x-max-length": settings.EVENTS_QUEUE_LIMIT,
                "x-overflow": "reject-publish",
                "x-delivery-limit": DELIVERIES,
                "x-dead-letter-exchange": "",
                "x-dead-letter-routing-key": dead_letters(group),
            },
        )
        for consumer in consumers:
            channel.queue_bind(queue(group), settings.EVENTS_EXCHANGE, str(consumer.type))


def bind(channel: amqp.Channel, destinations: Container[str]) -> None:
    """Bind the queues to types once more, those of them that are among some destinations; wait for no answer.

    RabbitMQ tells when no queue takes an event, but not when one of several doesn't, whose binding somebody
    took away, or somebody else is just making again. If a queue is not there, the channel ends.
    """
    for group, consumers in groups().items():
        for consumer in consumers:
            if destination(consumer.type) in destinations:
                channel.queue_bind(queue(group), settings.EVENTS_EXCHANGE, str(consumer.type), nowait=True)


def destination(event_type: EventType) -> str:
    """Return where events of a type go, in the library's words."""
    return f"/exchange/{settings.EVENTS_EXCHANGE}/{event_type}"


def _declare_queue(channel: amqp.Channel, name: str, arguments: dict[str, object]) -> None:
    quorum = {"x-queue-type": "quorum"}  # it outlives a node
    try:
        with channel.connection.channel() as asking:  # which a refusal closes
            asking.queue_declare(name, durable=True, auto_delete=False, arguments=quorum | arguments)
    except amqp.PreconditionFailed as error:
        if "x-max-length" not in str(error):
            raise
        logger.warning("queue %s keeps the limit that it was made with, until it is deleted: %s", name, error)
