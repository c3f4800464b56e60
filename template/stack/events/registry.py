"""What can be told of: each type of event by its name and version, with the schema of what it says.

An app declares its own in `events.py`::

    class OrderPlaced(BaseModel):
        order: UUID
        total: Decimal

    declare("order.placed", OrderPlaced)

A change that a reader of before can't take is another version, beside the one of before.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
WIRE = re.compile(rf"(?P<name>{NAME.pattern})\.v(?P<version>[1-9][0-9]*)")


class EventError(ValueError):
    """An event that can't be: of no declared type, or not of its type's shape."""


class UnknownType(EventError):
    """An event of a type that nobody here has declared, or takes: another release may."""


@dataclass(frozen=True)
class EventType:
    """A type of event.

    Attributes:
        name: What happened to what, such as `order.placed`.
        version: From 1.
        schema: What it says.
    """

    name: str
    version: int
    schema: type[BaseModel]

    def __str__(self) -> str:
        """Return the name and version, as they go over the wire."""
        return f"{self.name}.v{self.version}"

    def dump(self, payload: BaseModel | Mapping[str, Any]) -> dict[str, Any]:
        """Make what JSON can carry of a payload.

        Raises:
            EventError: It is not what the schema says.
        """
        try:
            return self.schema.model_validate(payload).model_dump(mode="json")
        except ValidationError as error:
            raise EventError(f"{self}: {error}") from error


_declared: dict[tuple[str, int], EventType] = {}


def declare(name: str, schema: type[BaseModel], *, version: int = 1) -> EventType:
    """Declare a type.

    Raises:
        EventError: The name is none, or taken.
    """
    if not NAME.fullmatch(name):
        raise EventError(f"{name!r} is no name of an event; one is `order.placed`.")
    event_type = EventType(name, version, schema)
    if _declared.setdefault((name, version), event_type) != event_type:
        raise EventError(f"{event_type} is declared twice.")
    return event_type


def find(name: str, version: int | None = None) -> EventType:
    """Return a declared type; its newest version, if none is named.

    Raises:
        UnknownType: There is none.
    """
    versions = [known for (other, known) in _declared if other == name]
    wanted = version or max(versions, default=0)
    if (name, wanted) not in _declared:
        known = ", ".join(sorted(map(str, _declared.values()))) or "none"
        what = f"{name}.v{version}" if version else name
        raise UnknownType(f"No event {what} is declared in an app's events.py. There are: {known}.")
    return _declared[name, wanted]


def parse(wire: str) -> EventType:
    """Return the type of a name and version, as they go over the wire: `order.placed.v1`.

    Raises:
        EventError: It is of another form, or there is none.
    """
    if not (found := WIRE.fullmatch(wire)):
        raise EventError(f"{wire!r} is no type of event; one is `order.placed.v1`.")
    return find(found["name"], int(found["version"]))
