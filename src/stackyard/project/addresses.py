"""Which modules a project's addresses lead to."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable
from posixpath import dirname


class Addresses:
    """The modules that addresses lead to, found no further than somebody asks.

    Attributes:
        is_open: Whether there may be others, as far as is known by now.
    """

    def __init__(self, starts: Iterable[str | None], following: Callable[[str], list[str] | None]) -> None:
        """Take where they begin.

        Args:
            starts: The modules that addresses begin with; None for one that is not told.
            following: Gives the modules that one leads to; None if there may be others.
        """
        begun = list(starts)
        self.is_open = None in begun
        self._following = following
        self._waiting = deque(start for start in begun if start is not None)
        self._found: set[str] = set()

    def lead_to(self, wanted: Collection[str]) -> bool:
        """Say whether one of some modules is led to, or may be."""
        # Whoever asks seldom needs all: what is beside one of them is commonly on the way to it.
        near = {dirname(path) for path in wanted}
        self._waiting = deque(sorted(self._waiting, key=lambda path: dirname(path) not in near))
        while not self.is_open and not self._found.intersection(wanted):
            if not self._waiting:
                return False
            path = self._waiting.popleft()
            if path not in self._found:
                self._found.add(path)
                after = self._following(path)
                self.is_open = after is None
                for other in after or ():
                    put = self._waiting.appendleft if dirname(other) in near else self._waiting.append
                    put(other)
        return True
