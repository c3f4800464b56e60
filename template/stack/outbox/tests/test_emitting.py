"""Events are told of with what they are about, or not at all."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django_outbox_pattern.models import Published

from stack import outbox
from stack.events import EventError
from stack.outbox.tests.conftest import tell
from tests.processes import SECONDS, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def is_somebody_waiting() -> bool:
    """Whether a statement waits for a lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database"
            " WHERE datname = current_database() AND NOT granted"
        )
        return bool(cursor.fetchone()[0])


def numbers_by_commit() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT body ->> 'number' FROM published ORDER BY relay_seq")
        return [int(number) for (number,) in cursor.fetchall()]


def test_outside_of_a_transaction_it_is_an_error() -> None:
    with pytest.raises(outbox.NoTransaction, match="transaction.atomic"):
        outbox.emit("thing.counted", {"number": 1}, key=1)
    assert not Published.objects.exists()


def test_what_is_rolled_back_was_never_told() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outbox.emit("thing.counted", {"number": 1 // 0}, key=1)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outbox.emit("thing.counted", {"number": 1}, key=1)
        raise ZeroDivisionError
    assert not Published.objects.exists()


@pytest.mark.parametrize(
    ("name", "payload", "words"),
    [("thing.unknown", {"number": 1}, "thing.unknown"), ("thing.counted", {"number": "many"}, "number")],
)
def test_what_cannot_be_told_is_an_error_at_once(name: str, payload: dict[str, object], words: str) -> None:
    with pytest.raises(EventError, match=words), transaction.atomic():
        outbox.emit(name, payload, key=1)
    assert not Published.objects.exists()


def test_an_event_says_what_cloudevents_and_the_library_ask_for() -> None:
    with transaction.atomic():
        identifier = outbox.emit("thing.counted", {"number": 7}, key="k")
    event = Published.objects.get()

    assert event.body == {"number": 7}
    assert event.destination == "/exchange/events/thing.counted.v1"
    assert event.headers.items() >= {
        ("ce-specversion", "1.0"),
        ("ce-id", str(identifier)),
        ("ce-source", "/myproject"),
        ("ce-type", "thing.counted.v1"),
        ("ce-partitionkey", "k"),
        ("dop-msg-id", str(event.id)),
        ("dop-msg-destination", event.destination),
    }


def test_the_order_of_a_key_is_that_of_commits() -> None:
    """Who tells of a key first, and is slow to commit, is not overtaken."""

    def overtake() -> None:
        try:
            tell(2, key="k")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            outbox.emit("thing.counted", {"number": 1}, key="k")
            overtaking = pool.submit(overtake)
            wait_until(is_somebody_waiting)
            assert not overtaking.done()
        overtaking.result(SECONDS)
    assert numbers_by_commit() == [1, 2]


def test_other_keys_do_not_wait() -> None:
    def tell_of_another() -> None:
        try:
            tell(2, key="another")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        outbox.emit("thing.counted", {"number": 1}, key="k")
        pool.submit(tell_of_another).result(SECONDS)


def test_two_that_tell_of_the_same_keys_in_any_order_do_not_wait_for_each_other() -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    choice = random.Random(seed)
    keys = [[choice.randrange(8) for _ in range(4)] for _ in range(40)]

    def tell_of(several: list[int]) -> None:
        try:
            with transaction.atomic():
                outbox.emit_many(outbox.Event("thing.counted", {"number": 1}, key) for key in several)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        for told in [pool.submit(tell_of, several) for several in keys]:
            told.result(SECONDS)
    assert Published.objects.count() == 160
