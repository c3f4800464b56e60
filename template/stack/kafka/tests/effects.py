"""What the tests' readers take, here and in processes of their own: rows of a table that is there."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from uuid import uuid4

from django.contrib.auth.models import Group
from pydantic import BaseModel

from stack.events import Message, declare
from stack.kafka import forgets, stream

GROUP = "counters"


class Counted(BaseModel):
    """What the tests' events say."""

    number: int


def nothing(_message: Message[Counted]) -> None:
    """Do nothing before an effect."""


@dataclass
class Effects:
    """A row for each effect, in the order of commits by key.

    Attributes:
        failing: Numbers that are not taken, until they are taken out of here.
        before: Called in each effect, before it is written.
    """

    failing: set[int] = field(default_factory=set)
    before: Callable[[Message[Counted]], None] = nothing

    def take(self, message: Message[Counted]) -> None:
        """Take an effect."""
        self.before(message)
        if message.payload.number in self.failing:
            raise RuntimeError(f"{message.payload.number} fails")
        Group.objects.create(name=f"{message.key}/{message.payload.number}/{uuid4()}")

    def forget(self) -> None:
        """Undo all of them."""
        Group.objects.all().delete()

    def all(self) -> dict[str, list[int]]:
        """Return the numbers that each key's effects were of, in their order."""
        found: dict[str, list[int]] = {}
        for name in Group.objects.order_by("pk").values_list("name", flat=True):
            key, number, _ = name.split("/")
            found.setdefault(key, []).append(int(number))
        return found

    @staticmethod
    def count() -> int:
        """Return how many there are."""
        return Group.objects.count()


def expected(numbers: Iterable[int], keys: int) -> dict[str, list[int]]:
    """Return the effects of numbers that were told of by turns, of so many keys."""
    found: dict[str, list[int]] = {}
    for number in numbers:
        found.setdefault(f"k{number % keys}", []).append(number)
    return found


def register(effects: Effects) -> None:
    """Declare the types, and have the group read some of them."""
    declare("thing.counted", Counted)
    declare("thing.lost", Counted)
    declare("thing.changed", Counted)
    declare("thing.changed", Counted, version=2)
    stream("thing.counted", "thing.changed", group=GROUP)(effects.take)
    forgets(GROUP)(effects.forget)


def slowly(_message: Message[Counted]) -> None:
    """Take a while."""
    time.sleep(0.005)
