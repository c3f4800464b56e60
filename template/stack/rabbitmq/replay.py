"""Replay: dead letters go back to the end of their queue."""

from collections.abc import Container
from contextlib import ExitStack, closing

from django.conf import settings

from stack.inbox.dead_letters import replayed
from stack.rabbitmq.confirmed import Confirmed
from stack.rabbitmq.connection import connected, persistent
from stack.rabbitmq.topology import dead_letters, declare, queue


def replay(group: str, only: Container[str] | None = None) -> int:
    """Put a group's dead letters back into its queue, behind later events of their keys: out of order.

    One that is put back twice, for the process is killed in between, takes its effect once.

    Args:
        group: Whose.
        only: The events to put back; all, if None.

    Returns:
        How many.

    Raises:
        amqp.AMQPError: The broker refused.
        OSError: It can't be reached, or hangs.
    """
    with ExitStack() as stack:
        connection = stack.enter_context(connected(settings.AMQP_URL))
        declare(connection)
        channel = connection.channel()
        confirmed = stack.enter_context(closing(Confirmed(settings.AMQP_URL)))
        number = 0
        # Those that stay are held until the end, so that none comes up twice.
        for _ in range(channel.queue_declare(dead_letters(group), passive=True).message_count):
            if (message := channel.basic_get(dead_letters(group))) is None:
                break
            headers = dict(message.headers or {})
            event = str(headers.pop("x-dead-letter", ""))
            if only is not None and event not in only:
                continue
            headers.pop("x-reason", None)
            replayed(group, event)  # before: it may fail again at once
            confirmed.publish(persistent(message.body, headers), queue(group))
            channel.basic_ack(message.delivery_tag)
            number += 1
        return number
