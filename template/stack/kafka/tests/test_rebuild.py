"""Dead letters taken once more, and effects made anew from the first event."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from stack.inbox.models import DeadLetter
from stack.kafka import registry
from stack.kafka.lag import measure
from stack.kafka.rebuild import rebuild
from stack.kafka.tests.conftest import dead, put, reading
from stack.kafka.tests.effects import GROUP, Effects, expected
from stack.kafka.tests.upto import read_all
from tests.processes import wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.proves("kafka")]


def replay() -> str:
    output = StringIO()
    call_command("replay_stream", GROUP, stdout=output)
    return output.getvalue()


def test_dead_letters_are_taken_once_more(effects: Effects) -> None:
    effects.failing = {1, 2}
    put(("a", 0), ("a", 1), ("a", 2), ("a", 3))
    read_all(GROUP)
    effects.failing = {2}
    assert "1 dead letters of counters taken" in replay() and effects.all() == {"a": [0, 3, 1]}
    assert [letter.body for letter in dead()] == [b'{"number": 1}', b'{"number": 2}', b'{"number": 2}']
    assert DeadLetter.objects.filter(replayed_at=None).count() == 1
    effects.failing = set()
    assert "1 dead letters" in replay() and effects.all() == {"a": [0, 3, 1, 2]}
    assert "0 dead letters" in replay() and effects.count() == 4
    assert not DeadLetter.objects.filter(replayed_at=None).exists()


def test_a_rebuild_makes_the_same_again(effects: Effects) -> None:
    put(*((f"k{number % 5}", number) for number in range(30)))
    read_all(GROUP)
    before = effects.all()
    assert rebuild(GROUP) == 4
    assert effects.count() == 0
    read_all(GROUP)
    assert effects.all() == before == expected(range(30), 5)


def test_readers_that_run_begin_anew(effects: Effects) -> None:
    put(("a", 1), ("b", 2))
    with reading():
        wait_until(lambda: effects.count() == 2)
        rebuild(GROUP)
        put(("a", 3), ("b", 4))  # which lets them see it
        wait_until(lambda: effects.count() == 4)
    assert effects.all() == {"a": [1, 3], "b": [2, 4]}


def test_lag_is_what_was_not_taken() -> None:
    put(*((f"k{number}", number) for number in range(10)))
    assert sum(each.events for each in measure()) == 10
    read_all(GROUP)
    put(("k1", 11))
    assert [each.events for each in measure() if each.events] == [1]


def test_what_there_is_not_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for command in (["replay_stream", "strangers"], ["consume_stream", "strangers"]):
        with pytest.raises(CommandError, match="No streams of strangers; there are: counters"):
            call_command(*command)
    monkeypatch.setattr(registry, "_forgetters", {})
    with pytest.raises(CommandError, match="counters can't be rebuilt"):
        call_command("consume_stream", rebuild=GROUP)
