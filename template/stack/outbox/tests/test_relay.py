"""The relay, on a real database and a real broker: nothing lost, in order within a key."""

import os
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import amqp
import pytest
from django.db import connection
from django.utils import timezone
from django_outbox_pattern.models import Published
from pytest_django import Settings

from stack.outbox import listener, room, window
from stack.outbox.relay import Helper, Relay
from stack.outbox.room import SIZE
from stack.outbox.routes import Route, SinkError, routes
from stack.outbox.tests.conftest import Queue, Received, tell
from stack.outbox.window import Row, Window
from stack.rabbitmq.sink import RabbitMQ
from stack.rabbitmq.tests.way import going
from tests.processes import SECONDS, wait_until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.proves("rabbitmq", "outbox"),
]


def make_relay() -> Relay:
    """Make one of events that go to RabbitMQ."""
    return Relay(routes()["rabbitmq"])


@pytest.fixture(name="relay")
def _relay(queue: Queue) -> Iterator[Relay]:
    """A relay, whose broker is there."""
    assert queue
    relay = make_relay()
    yield relay
    relay.close()


def statuses() -> dict[int, int]:
    return dict(Published.objects.values_list("body__number", "status"))


def try_again_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE published SET relay_after = now() WHERE relay_after IS NOT NULL")


def in_order(received: list[Received]) -> bool:
    """Whether the numbers of each key only grow."""
    last: dict[str, int] = defaultdict(lambda: -1)
    for number, key, _ in received:
        if number <= last[key]:
            return False
        last[key] = number
    return True


def test_what_is_committed_is_published_once_and_kept_by_the_broker(relay: Relay, queue: Queue) -> None:
    tell(1, 2, 3)
    assert relay.publish() == 3
    assert relay.publish() == 0

    received = queue.take()
    assert [each.number for each in received] == [1, 2, 3]
    assert statuses() == {1: 2, 2: 2, 3: 2}
    message = received[0].message
    assert message.properties["delivery_mode"] == 2
    assert message.properties["content_type"] == "application/json"
    assert message.headers["ce-type"] == "thing.counted.v1"
    assert message.delivery_info["routing_key"] == "thing.counted.v1"


def test_a_helper_takes_its_part_of_a_backlog_and_leaves_an_outage_to_the_relay(queue: Queue) -> None:
    """It sends what it is called for, is away once, comes back, and order is kept."""
    real, sizes = routes()["rabbitmq"], list[int]()

    class Away(RabbitMQ):
        """The helper's own connection, which fails at its first window."""

        def send(self, wave: Sequence[Row], window: Window) -> None:
            sizes.append(len(wave))
            if len(sizes) == 1:
                raise SinkError("away")
            super().send(wave, window)

    helper = Helper(Route(real.name, real.destination, lambda: Away(os.environ["AMQP_URL"])))
    for key in range(200):
        tell(*range(key, 20 * SIZE, 200), key=key)
    with going(Relay(real, helper), helper):
        wait_until(lambda: not window.is_pending("rabbitmq"))
    received = queue.take()
    assert sorted(each.number for each in received) == list(range(20 * SIZE))
    assert in_order(received)
    assert len(sizes) > 1, "it was called once more"


def test_rows_of_the_library_go_the_same_way(relay: Relay, queue: Queue) -> None:
    Published.objects.create(destination=f"/queue/{queue.name}", body={"number": 4})
    relay.publish()
    (received,) = queue.take()
    assert received.number == 4
    assert received.message.headers["dop-msg-type"] == "Published"


def test_what_no_queue_takes_is_not_sent_and_its_key_waits(relay: Relay, queue: Queue) -> None:
    queue.unbind()
    queue.bind("thing.counted.*")
    tell(1, key="a", name="thing.lost")
    tell(2, 3, key="a")
    tell(4, key="b")
    relay.publish()
    assert [each.number for each in queue.take()] == [4]
    assert statuses() == {1: 1, 2: 1, 3: 1, 4: 2}
    assert relay.publish() == 0, "the key waits, and nothing is tried before its time"
    with connection.cursor() as cursor:
        cursor.execute("SELECT relay_error FROM published WHERE body ->> 'number' = '1'")
        assert "no queue is bound" in cursor.fetchone()[0]

    queue.bind()
    try_again_now()
    relay.publish()
    assert [each.number for each in queue.take()] == [1, 2, 3]


def test_after_so_many_tries_it_is_set_aside_and_its_key_goes_on(
    relay: Relay, queue: Queue, settings: Settings
) -> None:
    settings.OUTBOX_TRIES = 2
    queue.unbind()
    queue.bind("thing.counted.*")
    tell(1, name="thing.lost")
    tell(2)
    for _ in range(2):
        relay.publish()
        try_again_now()
    relay.publish()
    assert statuses() == {1: -1, 2: 2}
    assert [each.number for each in queue.take()] == [2]


def test_behind_a_long_key_that_waits_others_go_on(relay: Relay, queue: Queue) -> None:
    queue.unbind()
    queue.bind("thing.counted.*")
    tell(1, key="a", name="thing.lost")
    tell(*range(2, 2 + 5 * SIZE), key="a")
    tell(0, key="b")
    relay.publish()
    assert window.is_pending("rabbitmq")
    assert relay.publish() == 1
    assert [each.number for each in queue.take()] == [0]
    assert not window.is_pending("rabbitmq"), "what waits for its key is nothing to look for"


def test_a_full_queue_floods_no_other(relay: Relay, queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it has no room for is sent again, and comes to each other queue again: little by little, then."""
    for module in (room, window):
        monkeypatch.setattr(module, "PAUSE", 0.1)
    with full_queue(queue, "thing.lost.*") as full:
        for number in range(100):
            tell(number, key=number, name="thing.lost")
        deadline = time.monotonic() + 2
        while time.monotonic() < deadline:
            relay.publish()
        assert len(queue.take()) <= 100 + 25
        assert set(statuses().values()) == {1}

        tell(100, key=5)
        tell(101, key="other")
        wait_until(lambda: statuses()[101] == 2 or relay.publish())
        assert statuses()[100] == 1, "what its key told of before waits still"
        queue.channel.queue_delete(full)
        wait_until(lambda: not relay.publish() and set(statuses().values()) == {2})
    numbers = [each.number for each in queue.take()]
    assert set(numbers) >= set(range(102)), "each of them came"
    assert numbers.index(5) < numbers.index(100)


@contextmanager
def full_queue(queue: Queue, pattern: str) -> Iterator[str]:
    """Bind a second queue, which takes nothing any more."""
    arguments = {"x-max-length": 1, "x-overflow": "reject-publish"}
    full: str = queue.channel.queue_declare(
        f"{queue.name}-full", durable=True, auto_delete=False, arguments=arguments
    ).queue
    for _ in range(3):
        queue.channel.basic_publish(amqp.Message("x"), "", full)
    queue.channel.queue_bind(full, queue.exchange, pattern)
    yield full
    queue.channel.queue_delete(full)


@pytest.mark.parametrize("destination", ["nowhere", "/exchange/", "/moon/dark/side"])
def test_a_row_that_can_never_be_sent_fails_alone(relay: Relay, queue: Queue, destination: str) -> None:
    Published.objects.create(destination=destination, body={"number": 1})
    tell(2)
    relay.publish()
    assert statuses() == {1: -1, 2: 2}
    assert [each.number for each in queue.take()] == [2]


def test_a_row_for_an_exchange_that_is_not_there_takes_no_other_with_it(relay: Relay, queue: Queue) -> None:
    tell(*range(1, 50), key="a")
    Published.objects.create(destination="/exchange/not-there/x", body={"number": 50})
    tell(51, key="b")
    relay.publish()
    assert set(range(1, 52)) == statuses().keys()
    assert {number for number, status in statuses().items() if status == 1} == {50}
    assert in_order(queue.take()), "and none twice"


def test_several_relays_send_nothing_twice_and_keep_the_order_of_keys(queue: Queue) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    choice = random.Random(seed)
    for number in range(1500):
        tell(number, key=choice.randrange(40))

    def drain() -> None:
        relay = make_relay()
        try:
            wait_until(lambda: relay.publish() == 0 and not Published.objects.filter(status=1).exists())
        finally:
            relay.close()

    with ThreadPoolExecutor(3) as pool:
        for drained in [pool.submit(drain) for _ in range(3)]:
            drained.result(SECONDS)
    received = queue.take()
    assert len(received) == len({each.number for each in received}) == 1500
    assert in_order(received)


def test_an_event_is_sent_as_soon_as_it_is_committed(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    """And not at the next look, which is far away here."""
    monkeypatch.setattr(listener, "POLL", 10 * SECONDS)
    with going(make_relay()):
        for number in range(20):
            tell(number)
            (received,) = wait_until(queue.take)
            assert received.number == number


def test_only_what_was_sent_is_forgotten() -> None:
    for number, status in enumerate((1, 2, -1)):
        Published.objects.create(destination="/queue/x", body={"number": number}, status=status)
    Published.objects.update(added=timezone.now() - timedelta(days=31))
    Published.objects.create(destination="/queue/x", body={"number": 3}, status=2)

    assert window.forget() == 1
    assert statuses() == {0: 1, 2: -1, 3: 2}


def test_an_event_that_waited_for_years_is_sent(relay: Relay, queue: Queue) -> None:
    """The library's `expires_at` would have it lost after a day."""
    tell(1)
    Published.objects.update(
        added=timezone.now() - timedelta(days=900), expires_at=timezone.now() - timedelta(days=899)
    )
    relay.publish()
    assert [each.number for each in queue.take()] == [1]
