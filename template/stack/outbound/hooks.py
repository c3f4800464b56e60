"""Where other technologies take part in calls: tracing. Each adds itself; none is needed.

Attributes:
    calling: Each makes the context of a call, by its method, its host, and its headers, to add to them.
"""

from collections.abc import Callable, Iterator, MutableMapping
from contextlib import AbstractContextManager, ExitStack, contextmanager

Headers = MutableMapping[str, str]

calling: list[Callable[[str, str, Headers], AbstractContextManager[None]]] = []


@contextmanager
def called(method: str, host: str, headers: Headers) -> Iterator[None]:
    """Be in all contexts of a call."""
    with ExitStack() as stack:
        for context in calling:
            stack.enter_context(context(method, host, headers))
        yield
