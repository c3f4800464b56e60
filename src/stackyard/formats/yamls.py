"""What YAML says: values with the line of each entry."""

from __future__ import annotations

from typing import Any


class Mapping(dict[str, Any]):
    """A mapping.

    Attributes:
        line: Its line, from 1.
        lines: The line of each key.
        tags: The tags of one's own (`!reset`) of each key's value that has one.
    """

    __slots__ = ("line", "lines", "tags")

    def __init__(self, line: int = 0) -> None:
        """Make an empty one."""
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}
        self.tags: dict[str, str] = {}


class Sequence(list[Any]):
    """A sequence.

    Attributes:
        line: Its line, from 1.
        lines: The line of each entry.
    """

    __slots__ = ("line", "lines")

    def __init__(self, line: int = 0) -> None:
        """Make an empty one."""
        super().__init__()
        self.line = line
        self.lines: list[int] = []
