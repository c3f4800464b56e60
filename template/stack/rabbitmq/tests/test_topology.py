"""Queues that are full, or gone: events wait in the outbox, and find their way by themselves."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django_outbox_pattern.models import Published
from pytest_django import Settings

from stack import outbox
from stack.outbox.relay import Relay
from stack.outbox.room import SIZE
from stack.outbox.routes import SinkError, routes
from stack.rabbitmq import topology
from stack.rabbitmq.tests.conftest import Broker, Effects, consuming
from stack.rabbitmq.topology import queue
from tests.processes import wait_until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.proves("rabbitmq", "outbox"),
]


@pytest.fixture(name="relay")
def _relay() -> Iterator[Relay]:
    relay = Relay(routes()["rabbitmq"])
    yield relay
    relay.close()


def tell(*numbers: int) -> None:
    with transaction.atomic():
        outbox.emit_many(outbox.Event("thing.counted", {"number": number}, number) for number in numbers)


def pending() -> int:
    return Published.objects.filter(status=1).count()


def try_again_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE published SET relay_after = now() WHERE relay_after IS NOT NULL")


@pytest.mark.parametrize("_again", range(2))
def test_it_is_declared_as_often_as_one_likes(broker: Broker, _again: int) -> None:
    topology.declare(broker.channel.connection)
    topology.declare(broker.channel.connection)
    assert broker.channel.queue_declare(queue(broker.group), passive=True).message_count == 0


def test_a_queue_keeps_its_limit_and_events_go_on(
    broker: Broker, effects: Effects, relay: Relay, settings: Settings
) -> None:
    settings.EVENTS_QUEUE_LIMIT = 17
    tell(1)
    relay.publish()
    assert pending() == 0
    with consuming(effects.group):
        wait_until(lambda: effects.of("1") == [1])
    assert broker


def test_another_queue_of_the_name_has_events_wait(broker: Broker, effects: Effects, relay: Relay) -> None:
    broker.channel.queue_delete(queue(effects.group))
    broker.channel.queue_declare(queue(effects.group), durable=True, auto_delete=False)
    tell(1)
    with pytest.raises(SinkError, match=queue(effects.group)):
        relay.publish()
    assert pending() == 1, "and none is set aside"


def test_for_a_full_queue_events_wait_and_are_never_set_aside(
    effects: Effects, settings: Settings, relay: Relay, request: pytest.FixtureRequest
) -> None:
    settings.EVENTS_QUEUE_LIMIT, settings.OUTBOX_TRIES = 5, 1
    request.getfixturevalue("broker")
    for number in range(
        1_000
    ):  # the broker's leader of a queue takes some more than the limit, before it says so
        tell(number)
        relay.publish()
        if pending():
            break
    assert pending()
    try_again_now()
    relay.publish()
    assert pending()
    assert not Published.objects.filter(status=-1).exists()

    def publish_the_rest() -> bool:
        try_again_now()
        relay.publish()
        return not pending()

    with consuming(effects.group):
        wait_until(publish_the_rest)


@pytest.mark.parametrize("other", [False, True])
def test_a_binding_that_somebody_took_away_is_made_again(
    broker: Broker, effects: Effects, relay: Relay, other: bool
) -> None:
    """Before anything is sent past it, to another queue that has its own."""
    tell(1)
    relay.publish()
    if other:
        broker.channel.queue_declare("", exclusive=True)
        broker.channel.queue_bind("", broker.exchange, "#")
    broker.channel.queue_unbind(queue(effects.group), broker.exchange, "thing.counted.v1")
    tell(2)
    relay.publish()
    assert pending() == 0
    assert broker.channel.queue_declare(queue(effects.group), passive=True).message_count == 2


def test_a_queue_that_somebody_deleted_is_made_again(broker: Broker, effects: Effects, relay: Relay) -> None:
    tell(1)
    relay.publish()
    broker.channel.queue_delete(queue(effects.group))
    tell(2)
    relay.publish()
    assert pending() == 0
    assert broker.channel.queue_declare(queue(effects.group), passive=True).message_count == 1


def test_a_full_window_meets_a_deleted_queue_and_each_of_its_events_comes_once(
    broker: Broker, effects: Effects, relay: Relay
) -> None:
    """It says so while the window is being sent: no event is blamed, and none goes on without a confirm."""
    tell(0)
    relay.publish()
    other = broker.channel.queue_declare("", exclusive=True).queue
    broker.channel.queue_bind(other, broker.exchange, "#")
    broker.channel.queue_delete(queue(effects.group))
    for first in range(0, 8 * SIZE, SIZE):
        tell(*range(first, first + SIZE))
    assert relay.publish() == SIZE, "it is full"
    while relay.publish():
        pass
    assert pending() == 0
    counts = [
        broker.channel.queue_declare(name, passive=True).message_count
        for name in (queue(effects.group), other)
    ]
    assert counts == [8 * SIZE, 8 * SIZE]
