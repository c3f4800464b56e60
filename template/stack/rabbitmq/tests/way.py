"""The whole way of an event, for tests of what consumers do: relay, broker and consumers, in threads."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db import connections
from pytest_django import Settings

from stack.events.loops import Loop
from stack.outbox.relay import Relay
from stack.outbox.routes import routes
from stack.rabbitmq.connection import connected
from stack.rabbitmq.consuming import Consuming
from stack.rabbitmq.topology import dead_letters, queue
from tests.processes import SECONDS


@contextmanager
def going(*loops: Loop) -> Iterator[None]:
    """Have loops go on in threads; end them, and raise what one of them failed of."""

    def run(loop: Loop) -> None:
        try:
            loop.run()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(loops)) as pool:
        running = [pool.submit(run, loop) for loop in loops]
        try:
            yield
        finally:
            for loop in loops:
                loop.stop()
            for each in running:
                each.result(SECONDS)


@contextmanager
def delivering(settings: Settings, *groups: str) -> Iterator[None]:
    """Have what is told delivered to some groups of consumers, by an exchange of this test's own."""
    url = os.environ.get("AMQP_URL")
    if not url:
        pytest.skip("no RabbitMQ here")
    settings.EVENTS_EXCHANGE = f"test-{uuid4().hex}"
    try:
        with going(Relay(routes()["rabbitmq"]), Consuming(groups)):
            yield
    finally:
        with connected(url) as connection:
            channel = connection.channel()
            for group in groups:
                channel.queue_delete(queue(group))
                channel.queue_delete(dead_letters(group))
            channel.exchange_delete(settings.EVENTS_EXCHANGE)
