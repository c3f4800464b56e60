"""Who takes which events."""

import pytest
from pydantic import BaseModel

from stack.events import EventError, Message, declare, registry
from stack.inbox import consumer
from stack.inbox import registry as inbox


class Counted(BaseModel):
    """What the tests' events say."""

    number: int


@pytest.fixture(autouse=True)
def _declared(monkeypatch: pytest.MonkeyPatch) -> None:
    inbox.groups()  # the apps' own are loaded while all that they ask for is declared
    monkeypatch.setattr(registry, "_declared", {})
    monkeypatch.setattr(inbox, "_consumers", {})
    declare("thing.counted", Counted)
    declare("thing.counted", Counted, version=2)


def take(_message: Message[Counted]) -> None:
    """Take nothing."""


def test_a_group_is_the_app_unless_it_is_named() -> None:
    consumer("thing.counted")(take)
    consumer("thing.counted", group="others")(take)
    assert set(inbox.groups()) >= {"inbox", "others"}


def test_versions_stand_side_by_side() -> None:
    old = consumer("thing.counted", group="g")(lambda message: None)
    new = consumer("thing.counted", group="g", version=2)(lambda message: None)
    handlers = {str(each.type): each.handler for each in inbox.groups()["g"]}
    assert handlers == {"thing.counted.v1": old, "thing.counted.v2": new}


def test_a_group_takes_a_type_once() -> None:
    consumer("thing.counted", group="g")(take)
    consumer("thing.counted", group="g")(take)
    with pytest.raises(EventError, match=r"g takes thing\.counted\.v1 twice"):
        consumer("thing.counted", group="g")(lambda message: None)


@pytest.mark.parametrize("group", ["", "Orders", "a.b", "x" * 61])
def test_a_group_has_a_short_plain_name(group: str) -> None:
    with pytest.raises(EventError, match="no name of a group"):
        consumer("thing.counted", group=group)


def test_what_is_not_declared_has_no_consumer() -> None:
    with pytest.raises(EventError, match=r"thing\.lost"):
        consumer("thing.lost")(take)
