"""Pauses between tries, while a server is away."""

from random import uniform

SHORTEST, LONGEST = 0.1, 5.0
"""Seconds, before chance shortens them: so that those who wait do not all come back at once."""


class Backoff:
    """Pauses that double, until all is well again."""

    def __init__(self) -> None:
        """Begin with the shortest."""
        self._pause = SHORTEST

    def reset(self) -> None:
        """Begin anew: all is well."""
        self._pause = SHORTEST

    def next(self) -> float:
        """Return for how many seconds to wait now."""
        pause, self._pause = self._pause, min(2 * self._pause, LONGEST)
        return pause * uniform(0.5, 1)  # nosec B311 # a pause is no secret
