"""Consumers of events, in a group, an exchange and a queue of their own."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import uuid4

import amqp
import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from pydantic import BaseModel
from pytest_django import Settings

from stack.events import Message, declare, registry
from stack.inbox import registry as inbox
from stack.outbox import routes as routing
from stack.rabbitmq import topology
from stack.rabbitmq.connection import connect
from stack.rabbitmq.consuming import Consuming
from stack.rabbitmq.tests.way import going
from stack.rabbitmq.topology import dead_letters, queue


class Counted(BaseModel):
    """What the tests' events say."""

    number: int


@dataclass
class Effects:
    """What consumers wrote into the database: a row for each effect, in the order of commits by key.

    Attributes:
        group: The consumers'.
        failing: Numbers that are not taken, until they are taken out of here.
        before: Called in each effect, before it is written.
    """

    group: str
    failing: set[int] = field(default_factory=set)
    before: Callable[[Message[Counted]], None] = lambda message: None

    def take(self, message: Message[Counted]) -> None:
        """Take an effect: a row of a table that is there."""
        self.before(message)
        if message.payload.number in self.failing:
            raise RuntimeError(f"{message.payload.number} fails")
        Group.objects.create(name=f"{message.key}/{message.payload.number}/{uuid4()}")

    def of(self, key: str) -> list[int]:
        """Return the numbers that a key's effects were of, in their order."""
        names = Group.objects.filter(name__startswith=f"{key}/").order_by("pk").values_list("name", flat=True)
        return [int(name.split("/")[1]) for name in names]


@dataclass
class Broker:
    """Looks at RabbitMQ, and puts things into it that no relay would."""

    channel: amqp.Channel
    group: str
    exchange: str

    def reconnect(self) -> None:
        """Open another channel, once the broker closed this one."""
        self.channel = self.channel.connection.channel()

    def send(self, number: int, key: str = "k", **changes: object) -> str:
        """Publish an event of thing.counted, and return its identifier."""
        identifier = str(changes.pop("id", uuid4()))
        headers: dict[str, object] = {
            "ce-specversion": "1.0",
            "ce-id": identifier,
            "ce-source": "/tests",
            "ce-type": "thing.counted.v1",
            "ce-time": timezone.now().isoformat(),
            "ce-partitionkey": key,
        }
        body = changes.pop("body", json.dumps({"number": number}))
        headers |= {name.replace("_", "-"): value for name, value in changes.items()}
        message = amqp.Message(body, delivery_mode=2, application_headers=headers)
        self.channel.basic_publish_confirm(message, "", queue(self.group), mandatory=True)
        return identifier

    def dead(self) -> list[amqp.Message]:
        """Take the dead letters."""
        taken = []
        while message := self.channel.basic_get(dead_letters(self.group), no_ack=True):
            taken.append(message)
        return taken


@pytest.fixture(name="effects")
def _effects(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Effects:
    inbox.groups()  # the apps' own are loaded while all that they ask for is declared
    monkeypatch.setattr(registry, "_declared", {})
    monkeypatch.setattr(inbox, "_consumers", {})
    monkeypatch.setattr(routing, "_routes", {"rabbitmq": routing.routes()["rabbitmq"]})
    declare("thing.counted", Counted)
    effects = Effects(f"g{uuid4().hex}")
    inbox.consumer("thing.counted", group=effects.group)(effects.take)
    settings.CONSUMER_PAUSE = 0.05
    return effects


@pytest.fixture(name="broker")
def _broker(effects: Effects, settings: Settings) -> Iterator[Broker]:
    url = os.environ.get("AMQP_URL")
    if not url:
        pytest.skip("no RabbitMQ here")
    settings.AMQP_URL = url
    settings.EVENTS_EXCHANGE = f"test-{uuid4().hex}"
    connection = connect(url)
    topology.declare(connection)
    channel = connection.channel()
    broker = Broker(channel, effects.group, settings.EVENTS_EXCHANGE)
    yield broker
    for name in (queue(effects.group), dead_letters(effects.group)):
        broker.channel.queue_delete(name)
    broker.channel.exchange_delete(settings.EVENTS_EXCHANGE)
    connection.close()


@contextmanager
def consuming(group: str) -> Iterator[Consuming]:
    """Consume in a thread."""
    loop = Consuming([group])
    with going(loop):
        yield loop
