"""Where other technologies take part in events: tracing, metrics. Each adds itself; none is needed.

Attributes:
    starting: Called once in a process that publishes or consumes.
    emitting: Called with an event's headers, to add to them.
    handling: Each makes the context that an effect is taken in, of a message and a group of consumers.
    counting: Called with what happened, how often, and its labels, such as `published`, 500 and the route.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

from stack.events.message import Message

starting: list[Callable[[], None]] = []
emitting: list[Callable[[dict[str, str]], None]] = []
handling: list[Callable[[Message[Any], str], AbstractContextManager[None]]] = []
counting: list[Callable[[str, int, dict[str, str]], None]] = []


@contextmanager
def handled(message: Message[Any], group: str) -> Iterator[None]:
    """Be in all contexts of an event."""
    with ExitStack() as stack:
        for context in handling:
            stack.enter_context(context(message, group))
        yield


def count(what: str, times: int, **labels: str) -> None:
    """Tell all who count."""
    for counter in counting:
        counter(what, times, labels)
