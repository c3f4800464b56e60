"""Where events go: a route for each kind of broker, added by its own room."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from stack.events import EventType
from stack.outbox.window import Row, Window


class SinkError(Exception):
    """The broker is away, or hangs: of some events nothing is known."""


class Sink(Protocol):
    """A connection to a broker, made when it is needed, and anew after an error."""

    def send(self, wave: Sequence[Row], window: Window) -> None:
        """Send events, no two of a key, and note in the window what became of each.

        Raises:
            SinkError: The broker is away, or hangs.
        """

    def close(self) -> None:
        """Let the connection go."""


@dataclass(frozen=True)
class Route:
    """A kind of broker.

    Attributes:
        name: The first word of its destinations, but for RabbitMQ's.
        destination: Where events of a type go.
        sink: Makes a connection.
    """

    name: str
    destination: Callable[[EventType], str]
    sink: Callable[[], Sink]


_routes: dict[str, Route] = {}


def register(route: Route) -> None:
    """Have each event go this way, too."""
    _routes[route.name] = route


def routes() -> Mapping[str, Route]:
    """Return all of them, by their names."""
    return _routes
