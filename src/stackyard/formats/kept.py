"""What was made of texts, kept for the next project that has the same: a team's come from one template."""

from __future__ import annotations

from collections.abc import Callable


class Kept[V]:
    """What was made of texts, by the texts.

    Attributes:
        make: What makes it. It gives the same for the same text, and nobody changes what it gave.
        most: So many characters of texts are kept; then all is forgotten, and it begins anew.
    """

    def __init__(self, make: Callable[[str], V], most: int) -> None:
        """Take what makes it, and how much of it is kept."""
        self.make = make
        self.most = most
        self._made: dict[str, V] = {}
        self._size = 0

    def __call__(self, text: str) -> V:
        """Give what is made of a text; what that raises is not kept."""
        try:
            return self._made[text]
        except KeyError:
            made = self.make(text)
        if self._size + len(text) > self.most:
            self._made.clear()
            self._size = 0
        self._made[text] = made
        self._size += len(text)
        return made
