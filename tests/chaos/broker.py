"""Looks at RabbitMQ and takes things away in it, on request: a line of JSON in, a line of JSON out.

It is run in the template's environment, which has a client.
"""

import json
import sys
from collections import Counter
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import amqp

EXCHANGE, TAP = "events", "tap"


def tap(channel: Any) -> None:
    """Begin to note what is published, by RabbitMQ's own tracing: it binds no queue to our exchange."""
    channel.queue_declare(TAP, durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"})
    channel.queue_bind(TAP, "amq.rabbitmq.trace", f"publish.{EXCHANGE}")


def tapped(channel: Any) -> dict[str, int]:
    """Return how many messages were put into queues, and how many of them were doubles."""
    seen: Counter[tuple[str, str]] = Counter()

    def count(message: Any) -> None:
        for queue in message.headers["routed_queues"]:
            seen[queue, message.headers["properties"]["message_id"]] += 1

    channel.basic_consume(TAP, no_ack=True, callback=count)
    with suppress(TimeoutError):
        while True:
            channel.connection.drain_events(timeout=1)
    return {"sent": seen.total(), "doubled": seen.total() - len(seen)}


def depths(channel: Any, *groups: str) -> dict[str, int]:
    """Return how many messages wait, by queue."""
    names = [f"{EXCHANGE}.{group}{end}" for group in groups for end in ("", ".dead")]
    return {name: channel.queue_declare(name, passive=True).message_count for name in names}


def unbind(channel: Any, key: str, *groups: str) -> None:
    """Take bindings away."""
    for group in groups:
        channel.queue_unbind(f"{EXCHANGE}.{group}", EXCHANGE, key)


def delete(channel: Any, *groups: str) -> None:
    """Take queues away, if nothing is in them."""
    for group in groups:
        channel.queue_delete(f"{EXCHANGE}.{group}", if_empty=True)


def main(url: str) -> None:
    """Do as told."""
    parts = urlsplit(url)
    for line in sys.stdin:
        what, *arguments = json.loads(line)
        try:
            with amqp.Connection(
                f"{parts.hostname}:{parts.port}",
                userid=parts.username,
                password=parts.password,
                virtual_host=parts.path[1:],
                connect_timeout=5,
                read_timeout=30,
            ) as connection:
                answer = {"tap": tap, "tapped": tapped, "depths": depths, "unbind": unbind, "delete": delete}[
                    what
                ](connection.channel(), *arguments)
            print(json.dumps(["done", answer]), flush=True)
        except (OSError, amqp.AMQPError) as error:
            print(json.dumps(["failed", repr(error)]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
