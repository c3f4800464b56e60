"""Room at the broker: a destination that has none is asked again with little, and gets more as it takes it.

To send all that waits again and again would not help: a queue beside the full one would get it each time.
"""

import time
from collections.abc import Collection
from typing import NamedTuple

SIZE = 250
"""Events of a window."""
IN_FLIGHT = 2 * SIZE
"""Events that a process has on the way, of its relay and of the helper: what a crash can send twice."""
PAUSE = 2
"""Seconds until a destination that has no room is asked again; what it refused is due by then."""


class Share(NamedTuple):
    """What a window may be of.

    Attributes:
        size: So many events.
        only: For this destination, if for one alone.
        without: For none of these.
    """

    size: int = SIZE
    only: str | None = None
    without: Collection[str] = ()

    @property
    def is_partial(self) -> bool:
        """Whether destinations are passed over."""
        return self.only is not None or bool(self.without)


class _Place(NamedTuple):
    size: int
    due: float


class Room:
    """What a relay knows of destinations without room."""

    def __init__(self) -> None:
        """Suppose that there is room everywhere."""
        self._places: dict[str, _Place] = {}

    def share(self) -> Share:
        """Say what the next window may be of: a destination that is to be asked again comes first."""
        now = time.monotonic()
        for destination, place in self._places.items():
            if place.due <= now:
                return Share(place.size, only=destination)
        return Share(without=list(self._places))

    def note(self, share: Share, rows: int, refused: Collection[str]) -> None:
        """Note what became of a window.

        Args:
            share: What it was of.
            rows: How many events it had.
            refused: The destinations that had no room.
        """
        for destination in refused:
            self._places[destination] = _Place(1, time.monotonic() + PAUSE)
        if share.only is not None and not refused:
            if share.size >= SIZE:
                del self._places[share.only]
            else:  # where there was nothing to send, nothing is proved
                self._places[share.only] = _Place(
                    min(2 * share.size, SIZE), 0 if rows else time.monotonic() + PAUSE
                )
