"""What a verb may say; `cli` alone decides how it looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol


class Words(Protocol):
    """Where the words of a verb go that writes plain text."""

    def say(self, text: str) -> None:
        """Tell what goes on."""

    def show(self, text: str) -> None:
        """Write text on standard output as it is."""


class Output(Words, Protocol):
    """Where a verb's words go."""

    def fail(self, text: str, lines: Sequence[str]) -> None:
        """Tell what went wrong, and the last lines that were written before."""

    def line(self, name: str, text: str) -> None:
        """Pass on a line that a process wrote."""

    def table(self, title: str, rows: Mapping[str, str]) -> None:
        """Show names and values."""
