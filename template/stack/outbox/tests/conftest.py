"""Events to tell of, and a queue that gets them."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit
from uuid import uuid4

import amqp
import pytest
from django.db import transaction
from pydantic import BaseModel
from pytest_django import Settings

from stack import events, outbox
from stack.events import registry
from stack.inbox import registry as inbox
from stack.outbox import routes as routing


class Counted(BaseModel):
    """What the tests' events say."""

    number: int


class Received(NamedTuple):
    """A message.

    Attributes:
        number: What it says.
        key: What it is about.
        message: As it came.
    """

    number: int
    key: str
    message: amqp.Message


@dataclass
class Queue:
    """A queue, and an exchange that nobody else uses."""

    channel: amqp.Channel
    exchange: str
    name: str

    def bind(self, pattern: str = "#") -> None:
        """Have the exchange's messages come here."""
        self.channel.queue_bind(self.name, self.exchange, pattern)

    def unbind(self, pattern: str = "#") -> None:
        """Have them come no more."""
        self.channel.queue_unbind(self.name, self.exchange, pattern)

    def take(self) -> list[Received]:
        """Take what is there."""
        taken = []
        while message := self.channel.basic_get(self.name, no_ack=True):
            headers: dict[str, Any] = message.headers
            body = json.loads(message.body)
            taken.append(Received(body["number"], headers.get("ce-partitionkey", ""), message))
        return taken


@pytest.fixture(autouse=True)
def _declared(monkeypatch: pytest.MonkeyPatch) -> None:
    inbox.groups()  # the apps' own are loaded while all that they ask for is declared
    monkeypatch.setattr(registry, "_declared", {})
    monkeypatch.setattr(inbox, "_consumers", {})
    monkeypatch.setattr(routing, "_routes", {"rabbitmq": routing.routes()["rabbitmq"]})
    events.declare("thing.counted", Counted)
    events.declare("thing.lost", Counted)


@pytest.fixture(name="queue")
def _queue(settings: Settings) -> Iterator[Queue]:
    """A queue that gets all events of this test."""
    url = os.environ.get("AMQP_URL")
    if not url:
        pytest.skip("no RabbitMQ here")
    settings.EVENTS_EXCHANGE = f"test-{uuid4().hex}"
    parts = urlsplit(url)
    with amqp.Connection(
        f"{parts.hostname}:{parts.port}",
        userid=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        virtual_host=unquote(parts.path[1:]),
    ) as connection:
        channel = connection.channel()
        channel.exchange_declare(settings.EVENTS_EXCHANGE, "topic", durable=True, auto_delete=False)
        name = channel.queue_declare(f"test-{uuid4().hex}", durable=True, auto_delete=False).queue
        queue = Queue(channel, settings.EVENTS_EXCHANGE, name)
        queue.bind()
        yield queue
        channel.queue_delete(name)
        channel.exchange_delete(settings.EVENTS_EXCHANGE)


def tell(*numbers: int, key: object = "k", name: str = "thing.counted") -> None:
    """Tell of some numbers, in a transaction of its own."""
    with transaction.atomic():
        outbox.emit_many(outbox.Event(name, {"number": number}, key) for number in numbers)
