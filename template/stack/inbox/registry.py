"""Who takes which events.

An app says so in `consumers.py`::

    @consumer("order.placed")
    def thank_buyer(message: Message[OrderPlaced]) -> None:
        ...

It is called in a transaction, of which the inbox is a part: what it writes is written once.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel

from stack.events import EventError, EventType, Message, UnknownType, discovery, find

Handler = Callable[[Message[Any]], None]
GROUP = re.compile(r"[a-z][a-z0-9_]{0,59}")
P = TypeVar("P", bound=BaseModel)


@dataclass(frozen=True)
class Consumer:
    """Who takes events of a type.

    Attributes:
        group: Whose it is. Each group gets each event, and has a queue.
        type: The type.
        handler: Takes the effect.
    """

    group: str
    type: EventType
    handler: Handler


_consumers: dict[tuple[str, EventType], Consumer] = {}


def consumer(
    *names: str, group: str | None = None, version: int = 1
) -> Callable[[Callable[[Message[P]], None]], Callable[[Message[P]], None]]:
    """Have a function take events.

    Args:
        names: Of their types.
        group: Whose it is; without one, the app's that the function is in.
        version: Of the types. Another version is another function's, beside this one, while there are any.

    Raises:
        EventError: There is no such type, the group takes it already, or has a name that is none.
    """
    if group is not None and not GROUP.fullmatch(group):
        raise EventError(f"{group!r} is no name of a group; one is `notifications`.")

    def register(handler: Callable[[Message[P]], None]) -> Callable[[Message[P]], None]:
        owner = group or handler.__module__.split(".")[1]
        for name in names:
            taker = Consumer(owner, find(name, version), handler)
            if _consumers.setdefault((owner, taker.type), taker).handler is not handler:
                raise EventError(f"{owner} takes {taker.type} twice.")
        return handler

    return register


def groups() -> Mapping[str, Sequence[Consumer]]:
    """Return all consumers, by their groups."""
    discovery.load("events")
    discovery.load("consumers")
    found = defaultdict(list)
    for each in _consumers.values():
        found[each.group].append(each)
    return found


def taker(group: str, event_type: EventType) -> Consumer:
    """Return who takes a type.

    Raises:
        UnknownType: Nobody of this group.
    """
    if (group, event_type) not in _consumers:
        raise UnknownType(f"{group} has no consumer of {event_type}.")
    return _consumers[group, event_type]
