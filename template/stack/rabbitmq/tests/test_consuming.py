"""Consumers, on a real broker and a real database: each effect once, in order within a key."""

from queue import SimpleQueue
from threading import Event
from time import sleep

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django_outbox_pattern.models import Received
from pytest_django import Settings

from stack.events import Message
from stack.inbox import taking
from stack.inbox.models import DeadLetter
from stack.rabbitmq.replay import replay
from stack.rabbitmq.tests.conftest import Broker, Counted, Effects, consuming
from tests.processes import SECONDS, wait_until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.proves("rabbitmq"),
]


def test_an_event_takes_effect_once_however_often_it_arrives(broker: Broker, effects: Effects) -> None:
    identifier = broker.send(1)
    broker.send(1, id=identifier)
    broker.send(2)
    with consuming(effects.group):
        wait_until(lambda: 2 in effects.of("k"))
    assert effects.of("k") == [1, 2]
    assert Received.objects.filter(msg_id=f"{effects.group}:{identifier}").count() == 1


def test_what_fails_is_tried_again_and_its_key_waits_and_others_do_not(
    broker: Broker, effects: Effects
) -> None:
    effects.failing = {1}
    broker.send(1, "a")
    broker.send(2, "a")
    broker.send(3, "b")
    with consuming(effects.group):
        wait_until(lambda: effects.of("b") == [3])
        assert effects.of("a") == []
        effects.failing.clear()
        wait_until(lambda: len(effects.of("a")) == 2)
    assert effects.of("a") == [1, 2]
    assert broker.dead() == []


def test_one_that_freezes_in_its_transaction_holds_nobody_up_for_long(
    broker: Broker, effects: Effects, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "HANGS", "200ms")
    frozen: SimpleQueue[Message[Counted]] = SimpleQueue()
    thawed = Event()

    def freeze_once(message: Message[Counted]) -> None:
        effects.before = lambda message: None
        frozen.put(message)
        assert thawed.wait(SECONDS)

    effects.before = freeze_once
    broker.send(1)
    broker.send(2)
    with consuming(effects.group):
        message = frozen.get(timeout=SECONDS)
        assert taking.take(effects.group, message), "what one has begun, another takes"
        thawed.set()
        wait_until(lambda: effects.of("k") == [1, 2])


def test_an_effect_that_takes_its_connection_down_is_a_dead_letter_in_the_end(
    broker: Broker, effects: Effects, settings: Settings
) -> None:
    settings.CONSUMER_TRIES = 3

    def take_down(message: Message[Counted]) -> None:
        if message.payload.number == 1:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    effects.before = take_down
    broker.send(1)
    broker.send(2)
    with consuming(effects.group):
        wait_until(lambda: effects.of("k") == [2])
    assert DeadLetter.objects.get().key == "k"


def test_a_failed_try_leaves_nothing_behind(broker: Broker, effects: Effects) -> None:
    tries: list[int] = []

    def fail_after_writing(_message: object) -> None:
        Group.objects.create(name=f"half/{len(tries)}/x")
        tries.append(1)
        if len(tries) < 3:
            raise RuntimeError

    effects.before = fail_after_writing
    broker.send(1)
    with consuming(effects.group):
        wait_until(lambda: effects.of("k") == [1])
    assert len(tries) == 3
    assert effects.of("half") == [2]


def test_what_fails_for_good_is_a_dead_letter_with_its_reason_and_its_key_goes_on(
    broker: Broker, effects: Effects, settings: Settings
) -> None:
    settings.CONSUMER_TRIES = 3
    effects.failing = {1}
    identifier = broker.send(1)
    broker.send(2)
    with consuming(effects.group):
        wait_until(lambda: effects.of("k") == [2])
    letter = DeadLetter.objects.get()
    assert (letter.group, letter.event, letter.key) == (effects.group, identifier, "k")
    assert "RuntimeError: 1 fails" in letter.reason
    assert letter.excerpt == '{"number": 1}'
    (dead,) = broker.dead()
    assert "RuntimeError: 1 fails" in dead.headers["x-reason"]
    assert dead.headers["ce-id"] == identifier


def test_dead_letters_are_replayed(broker: Broker, effects: Effects, settings: Settings) -> None:
    settings.CONSUMER_TRIES = 1
    effects.failing = {1, 2}
    first, second = broker.send(1), broker.send(2)
    with consuming(effects.group):
        wait_until(lambda: DeadLetter.objects.count() == 2)
    effects.failing.clear()

    assert replay(effects.group, [second]) == 1
    with consuming(effects.group):
        wait_until(lambda: effects.of("k") == [2])
    assert list(DeadLetter.objects.filter(replayed_at=None).values_list("event", flat=True)) == [first]
    assert replay(effects.group) == 1
    assert replay(effects.group) == 0
    with consuming(effects.group):
        wait_until(lambda: effects.of("k") == [2, 1])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"body": b"\xff\x00 no JSON"}, "Invalid JSON"),
        ({"body": '{"number": "many"}'}, "number"),
        ({"body": '{"number": 1, "text": "' + "x" * 10_000_000 + '"}'}, "10,000,025 bytes"),
        ({"ce_type": "thing.unknown.v1"}, "thing.unknown.v1"),
        ({"ce_type": "thing.counted.v2"}, "thing.counted.v2"),
        ({"ce_type": "\x00 v"}, "no type of event"),
        ({"ce_type": 7}, "no header 'ce-type'"),
        ({"id": "no identifier"}, "none of CloudEvents"),
    ],
)
def test_what_is_no_event_is_a_dead_letter_and_the_queue_goes_on(
    broker: Broker, effects: Effects, change: dict[str, object], reason: str
) -> None:
    broker.send(1, "bad", **change)
    broker.send(2)
    with consuming(effects.group):
        wait_until(lambda: effects.of("k") == [2])
        wait_until(DeadLetter.objects.exists)
    assert reason in DeadLetter.objects.get().reason
    (dead,) = broker.dead()
    assert reason in dead.headers["x-reason"]


def test_told_to_stop_it_ends_what_it_has_in_hand_and_leaves_the_rest(
    broker: Broker, effects: Effects
) -> None:
    begun, goes_on = Event(), Event()

    def hold(_message: object) -> None:
        begun.set()
        assert goes_on.wait(SECONDS)

    effects.before = hold
    for number in range(3):
        broker.send(number)
    with consuming(effects.group) as loop:
        assert begun.wait(SECONDS)
        loop.stop()
        goes_on.set()
    assert effects.of("k") == [0]
    effects.before = lambda message: None
    with consuming(effects.group):
        wait_until(lambda: effects.of("k") == [0, 1, 2])


def test_of_two_that_consume_one_stands_by(broker: Broker, effects: Effects) -> None:
    """And takes over, in order, once the first is gone."""
    with consuming(effects.group) as first, consuming(effects.group):
        for number in range(50):
            broker.send(number, key=str(number % 5))
            if number == 25:
                first.stop()
        wait_until(lambda: sum(len(effects.of(str(key))) for key in range(5)) == 50)
    for key in range(5):
        assert effects.of(str(key)) == list(range(key, 50, 5))


def test_one_that_ends_hands_over_in_order(broker: Broker, effects: Effects, settings: Settings) -> None:
    """What it had fetched and not begun goes to the next one before what is still in the queue."""
    settings.CONSUMER_PREFETCH, settings.CONSUMER_THREADS = 2, 1
    begun, goes_on = Event(), Event()

    def hold(message: Message[Counted]) -> None:
        if message.key == "held":
            begun.set()
            assert goes_on.wait(SECONDS)

    effects.before = hold
    broker.send(0, "held")
    for number in range(20):
        broker.send(number)
    with consuming(effects.group) as first:
        assert begun.wait(SECONDS)
        with consuming(effects.group):
            first.stop()
            sleep(0.5)  # what the next one is given meanwhile, it takes
            goes_on.set()
            wait_until(lambda: len(effects.of("k")) == 20)
    assert effects.of("k") == list(range(20))


def test_keys_go_side_by_side(broker: Broker, effects: Effects, settings: Settings) -> None:
    settings.CONSUMER_THREADS = 3
    together: set[str] = set()
    all_here = Event()

    def meet(message: Message[Counted]) -> None:
        together.add(message.key)
        if len(together) == 3:
            all_here.set()
        assert all_here.wait(SECONDS), "nobody else came"

    effects.before = meet
    for key in "abc":
        broker.send(1, key)
    with consuming(effects.group):
        wait_until(lambda: all(effects.of(key) for key in "abc"))
