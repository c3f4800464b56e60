"""Types of events are declared once, and found by name."""

import pytest
from pydantic import BaseModel

from stack import events
from stack.events import registry


class Said(BaseModel):
    """What an event says."""

    number: int


class SaidMore(Said):
    """What the next version says."""

    unit: str


@pytest.fixture(autouse=True)
def _declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_declared", {})


def test_the_newest_version_is_found_and_each_by_its_number() -> None:
    old = events.declare("thing.counted", Said)
    new = events.declare("thing.counted", SaidMore, version=2)

    assert events.find("thing.counted") is new
    assert events.find("thing.counted", 1) is old
    assert str(new) == "thing.counted.v2"


def test_what_is_not_declared_is_named_with_what_is() -> None:
    events.declare("thing.counted", Said)
    with pytest.raises(events.EventError, match=r"No event thing\.lost .*There are: thing\.counted\.v1\."):
        events.find("thing.lost")
    with pytest.raises(events.EventError, match=r"No event thing\.counted\.v3 "):
        events.find("thing.counted", 3)


@pytest.mark.parametrize("name", ["", "order", "Order.placed", "order.", "order placed", "order.placed.v-1"])
def test_a_name_has_two_words_at_least(name: str) -> None:
    with pytest.raises(events.EventError, match="no name of an event"):
        events.declare(name, Said)


def test_a_name_is_declared_once() -> None:
    assert events.declare("thing.counted", Said) == events.declare("thing.counted", Said)
    with pytest.raises(events.EventError, match="twice"):
        events.declare("thing.counted", SaidMore)


def test_a_payload_of_another_shape_is_refused() -> None:
    event_type = events.declare("thing.counted", Said)
    assert event_type.dump({"number": 3}) == event_type.dump(Said(number=3)) == {"number": 3}
    with pytest.raises(events.EventError, match=r"thing\.counted\.v1: [^!]*\nnumber\n"):
        event_type.dump({"number": "many"})
