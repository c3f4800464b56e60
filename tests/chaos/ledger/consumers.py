"""Two groups that take each event: one as it should be, one that fails at first."""

import os
import random
import time
from collections import Counter
from typing import Any
from uuid import UUID

from apps.ledger.effects import write
from stack.events import Message
from stack.inbox import consumer

TYPES = ("order.placed", "order.paid", "order.cancelled", "ledger.counted")
SEED = os.environ.get("LEDGER_SEED", "")
PAUSE = float(os.environ.get("LEDGER_PAUSE", "0"))
"""Seconds that an effect of the first group takes."""
_tries: Counter[UUID] = Counter()


@consumer(*TYPES, group="ledger")
def write_down(message: Message[Any]) -> None:
    """Take the effect."""
    write("ledger", message)
    if PAUSE:
        time.sleep(PAUSE)


@consumer(*TYPES, group="flaky")
def write_down_at_last(message: Message[Any]) -> None:
    """Take the effect; of one event in eight, at the second or third try."""
    write("flaky", message)
    _tries[message.id] += 1
    if _tries[message.id] <= random.Random(f"{SEED} {message.id}").choice((0,) * 14 + (1, 2)):
        raise RuntimeError("This was to be expected.")
