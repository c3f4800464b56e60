"""Reading a stream: each effect once, in the order of its key, whatever is on the stream."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import pytest
from django.db import connection
from pytest_django import Settings

from stack.events import Message, hooks
from stack.inbox.models import DeadLetter
from stack.kafka import positions, topics
from stack.kafka.models import StreamPosition
from stack.kafka.positions import Lost
from stack.kafka.reading import Reading
from stack.kafka.registry import groups
from stack.kafka.tests.conftest import dead, put, put_raw, reading
from stack.kafka.tests.effects import GROUP, Counted, Effects, expected
from stack.kafka.tests.upto import read_all, records
from tests.processes import wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.proves("kafka")]


def make_reading(partition: tuple[str, int], position: int) -> Reading:
    """Make what reads a partition, outside of any loop."""
    return Reading(GROUP, partition, position, handlers=groups()[GROUP], lay_aside=lambda *_: None)


TWICE = "5e7f1c1e-0000-4000-8000-000000000001"


def test_each_effect_is_taken_once_in_the_order_of_its_key(effects: Effects) -> None:
    put(*((f"k{number % 7}", number) for number in range(50)))
    read_all(GROUP)
    assert effects.all() == expected(range(50), 7)
    put(("k1", 50))
    read_all(GROUP)
    assert effects.count() == 51, "it goes on where it was"


def test_what_is_on_the_stream_twice_takes_effect_once(effects: Effects) -> None:
    put(("a", 1), ("b", 2), ce_id=TWICE)
    put(("a", 3))
    read_all(GROUP)
    assert sorted(sum(effects.all().values(), [])) in ([1, 3], [2, 3])


def test_each_effect_of_a_batch_is_told_of_in_its_own_context_once_it_is_committed(
    effects: Effects, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which has the request and the trace that it belongs to."""
    whose, told = ContextVar("whose", default=-1), []

    @contextmanager
    def handled(message: Message[Counted], _group: str) -> Iterator[None]:
        token = whose.set(message.payload.number)
        yield
        whose.reset(token)

    def count(what: str, _times: int, _labels: dict[str, str]) -> None:
        told.append((what, whose.get(), connection.in_atomic_block))

    monkeypatch.setattr(hooks, "handling", [handled])
    monkeypatch.setattr(hooks, "counting", [count])
    put(*(("a", number) for number in range(3)))
    read_all(GROUP)
    assert effects.count() == 3
    assert told == [("taken", number, False) for number in range(3)]


def test_types_that_the_group_does_not_read_are_passed_over(effects: Effects) -> None:
    put(("a", 1), ce_type="thing.lost.v1")
    put_raw(("a", b"whatever it says"), ce_type="thing.lost.v1")
    put(("a", 2))
    read_all(GROUP)
    assert effects.all() == {"a": [2]}
    assert not dead()


@pytest.mark.parametrize(
    ("body", "headers", "reason"),
    [
        (b'{"number": 1}', {"ce_type": "thing.unheard.v1"}, "No event thing.unheard.v1 is declared"),
        (b'{"number": 1}', {"ce_type": "thing.counted.v9"}, "No event thing.counted.v9 is declared"),
        (b'{"number": 1}', {"ce_type": "thing.changed.v2"}, "counters reads no thing.changed.v2"),
        (b'{"number": 1}', {"ce_type": "nonsense"}, "'nonsense' is no type of event"),
        (b'{"number": 1}', {"ce_id": "none"}, "A header is none of CloudEvents"),
        (b'{"number": "many"}', {}, "should be a valid integer"),
        (b"\xff\xfe no JSON", {}, "Invalid JSON"),
        (b"", {}, "Invalid JSON"),
        (b'"' + b"x" * 300_000 + b'"', {}, "300,002 bytes"),
    ],
)
def test_what_is_no_event_is_laid_aside_at_once_and_the_stream_goes_on(
    effects: Effects, body: bytes, headers: dict[str, str], reason: str
) -> None:
    put(("a", 1))
    put_raw(("a", body), **headers)
    put(("a", 2))
    read_all(GROUP)
    assert effects.all() == {"a": [1, 2]}
    [letter] = dead()
    assert (letter.key, letter.body) == (b"a", body)
    assert reason in letter.headers["x-reason"]
    assert letter.headers["x-topic"] == topics.topic_of("thing")
    assert letter.headers["x-offset"] == "1"
    assert reason in DeadLetter.objects.get(group=f"stream:{GROUP}").reason


def test_what_fails_is_tried_again_and_then_laid_aside(effects: Effects) -> None:
    tried = []
    effects.before = lambda message: tried.append(message.payload.number)
    effects.failing = {3}
    put(*(("a", number) for number in range(6)))
    read_all(GROUP)
    assert effects.all() == {"a": [0, 1, 2, 4, 5]}
    assert tried.count(3) == 1 + 2, "with the others, and then by itself"
    [letter] = dead()
    assert "RuntimeError: 3 fails" in letter.headers["x-reason"]


def test_while_one_is_tried_again_its_partition_waits_and_others_do_not(
    effects: Effects, settings: Settings
) -> None:
    settings.STREAM_PAUSE = 0.5
    put(("a", 0), ("a", 1), *((f"k{number}", number) for number in range(2, 40)))
    found = records(topics.topic_of("thing"))
    first = next(record for record in found if record.key == b"a")
    others = {(record.key or b"").decode() for record in found if record.partition != first.partition}
    effects.failing = {0}
    with reading():
        wait_until(lambda: effects.all().keys() == others)
        effects.failing = set()
        wait_until(lambda: effects.count() == 40)
    assert effects.all()["a"] == [0, 1]


def test_who_lost_its_partition_takes_no_effect(effects: Effects) -> None:
    """Such as a process that was frozen, while another had its partition."""
    put(("a", 1))
    [record] = records(topics.topic_of("thing"))
    partition = (record.topic, record.partition)
    logs = topics.look([record.topic])
    position = positions.begin(GROUP, [partition], logs)[partition]
    frozen, other = make_reading(partition, position), make_reading(partition, position)
    for each in (frozen, other):
        each.add(record)
    other.take()
    with pytest.raises(Lost):
        frozen.take()
    assert effects.count() == 1


def test_a_topic_that_was_made_anew_is_read_from_its_beginning(effects: Effects) -> None:
    put(("a", 1))
    read_all(GROUP)
    StreamPosition.objects.update(log="another", position=7)
    put(("a", 2))
    read_all(GROUP)
    assert effects.all() == {"a": [1, 2]}


def test_brokers_that_lost_events_are_read_from_where_they_are(effects: Effects) -> None:
    """Brokers answer with what they have, where a position is none of theirs."""
    put(("a", 1))
    [record] = records(topics.topic_of("thing"))
    partition = (record.topic, record.partition)
    positions.begin(GROUP, [partition], topics.look([record.topic]))
    StreamPosition.objects.update(position=1000)
    with pytest.raises(Lost):
        make_reading(partition, 1000).add(record)
    read_all(GROUP)
    assert effects.all() == {"a": [1]}


def test_a_lost_connection_to_the_database_costs_nothing(effects: Effects) -> None:
    cut: list[int] = []

    def cut_once(message: Message[Counted]) -> None:
        if message.payload.number == 5 and not cut:
            cut.append(5)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    effects.before = cut_once
    put(*(("a", number) for number in range(10)))
    read_all(GROUP)
    assert cut and effects.all() == {"a": list(range(10))}
    assert not dead()


def test_an_effect_that_takes_its_connection_down_is_laid_aside_in_the_end(effects: Effects) -> None:
    def take_down(message: Message[Counted]) -> None:
        if message.payload.number == 1:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    effects.before = take_down
    put(("a", 1), ("a", 2))
    read_all(GROUP)
    assert effects.all() == {"a": [2]}
    [letter] = dead()
    assert letter.headers["x-reason"]
