"""Who reads which events.

An app says so in `streams.py`::

    @stream("order.placed")
    def sale_record(message: Message[OrderPlaced]) -> None:
        ...

It is called in a transaction, of which its position in the stream is a part: what it writes is written once.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from stack.events import EventError, EventType, Message, discovery, find

Handler = Callable[[Message[Any]], None]
P = TypeVar("P", bound=BaseModel)

_readers: dict[str, dict[EventType, Handler]] = defaultdict(dict)
_forgetters: dict[str, Callable[[], None]] = {}


def stream(
    *names: str, group: str | None = None, version: int = 1
) -> Callable[[Callable[[Message[P]], None]], Callable[[Message[P]], None]]:
    """Have a function read events, from the first that there ever was.

    Args:
        names: Of their types.
        group: Whose it is; without one, the app's that the function is in.
        version: Of the types. Another version is for another function, beside this one, while there are any.

    Raises:
        EventError: There is no such type, or the group reads it already.
    """

    def register(handler: Callable[[Message[P]], None]) -> Callable[[Message[P]], None]:
        types = _readers[group or _app_of(handler)]
        for name in names:
            if types.setdefault(find(name, version), handler) is not handler:
                raise EventError(f"{group or _app_of(handler)} reads {name} twice.")
        return handler

    return register


def forgets(group: str | None = None) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Have a function undo all that a group has taken, so that it can be built again from the beginning."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        _forgetters[group or _app_of(function)] = function
        return function

    return register


def groups() -> Mapping[str, Mapping[EventType, Handler]]:
    """Return who reads what, by their groups."""
    discovery.load("events")
    discovery.load("streams")
    return _readers


def forgetter(group: str) -> Callable[[], None] | None:
    """Return what undoes a group's effects, if there is any."""
    return _forgetters.get(group)


def inbox_of(group: str) -> str:
    """Return what the inbox calls a group: consumers of another broker may have one of the same name."""
    return f"stream:{group}"


def _app_of(function: Callable[..., None]) -> str:
    return function.__module__.split(".")[1]
