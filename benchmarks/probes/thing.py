"""The event that is measured by, and what is done with it."""

import os
import time
from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction
from pydantic import BaseModel
from stack import outbox
from stack.events import Message

TYPE, GROUP = "thing.counted", "probes"
KEYS = 2_000
BATCH = 500
"""Events of a transaction that fills the outbox, and of a window of the floor."""


class Thing(BaseModel):
    """Some hundred bytes, with the headers that each event has about a thousand."""

    number: int
    text: str = "x" * 200


class Taken(NamedTuple):
    """An effect.

    Attributes:
        number: The event's.
        at: When it was taken: nanoseconds of the clock that all processes share.
        processor: Nanoseconds of processor time that the consumer had taken by then.
    """

    number: int
    at: int
    processor: int


def take(message: Message[Thing]) -> None:
    """Note the time."""
    line = f"{message.payload.number} {time.monotonic_ns()} {time.process_time_ns()}\n"
    descriptor = os.open(os.environ["TAKEN"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, line.encode())
    os.close(descriptor)


def taken() -> list[Taken]:
    """Return what the consumer has noted."""
    try:
        with open(os.environ["TAKEN"], encoding="ascii") as lines:
            return [Taken(*map(int, line.split())) for line in lines if line.endswith("\n")]
    except FileNotFoundError:
        return []


def tell(numbers: Iterable[int]) -> None:
    """Commit an event for each number."""
    with transaction.atomic():
        outbox.emit_many(outbox.Event(TYPE, {"number": number}, number % KEYS) for number in numbers)
