"""Where something stands in a project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

_SCRIPT = 64 << 10  # characters
_LINE = 2_000


class Place(NamedTuple):
    """A line of a file.

    Attributes:
        path: The file, relative to the project's folder, with slashes; empty for the project as a whole.
        line: Its line, from 1; 0 for the file as a whole.
    """

    path: str
    line: int = 0

    def __str__(self) -> str:
        """Write it as compilers do."""
        if not self.path:
            return "the project"
        return f"{self.path}:{self.line}" if self.line else self.path


class Problem(NamedTuple):
    """A file that could not be read as what it is.

    Attributes:
        where: The file, and the line where known.
        fact: What is wrong with it.
    """

    where: Place
    fact: str


class UnreadableError(Exception):
    """A text is not what its file's name says."""

    def __init__(self, fact: str, line: int = 0) -> None:
        """Say what is wrong.

        Args:
            fact: What is wrong.
            line: Where, from 1; 0 if that is not known.
        """
        super().__init__(fact)
        self.fact = fact
        self.line = line


@dataclass(frozen=True, slots=True)
class Line:
    """A command or a script, and where it stands.

    Rules look for patterns such as `celery.*worker` in it, which takes the square of a line's length: what is
    longer than anybody writes is cut.

    Attributes:
        text: The text; may be of several lines.
        where: Where it begins.
    """

    text: str
    where: Place

    def __post_init__(self) -> None:
        """Cut what is too long."""
        text = self.text[:_SCRIPT]
        if len(text) > _LINE:
            text = "\n".join(line[:_LINE] for line in text.split("\n"))
        object.__setattr__(self, "text", text)
