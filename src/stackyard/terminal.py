"""The terminal: what is said on it, and what is asked. Nothing else in the tool prints."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:  # the renderer takes as long to load as all of this
    from stackyard.scaffold.questions import Question

_COLOURS = ("cyan", "green", "magenta", "yellow", "blue", "bright_cyan", "bright_green", "bright_magenta")
_UNBROKEN = 10_000  # characters


class _Console(Console):
    """A console that falls silent when its reader has gone, so that a run can still end in order."""

    def print(self, *objects: object, **options: Any) -> None:
        try:
            super().print(*objects, **options)
        except OSError:
            self.on_broken_pipe()

    def on_broken_pipe(self) -> None:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), self.file.fileno())


class Terminal:
    """Standard output and error, by Rich."""

    def __init__(self) -> None:
        """Open both consoles."""
        self._out = _Console(highlight=False, soft_wrap=True)
        self._err = _Console(highlight=False, soft_wrap=True, stderr=True)
        self._colours: dict[str, str] = {}

    def say(self, text: str) -> None:
        """Tell what goes on, on standard error."""
        self._err.print(f"[dim]stackyard |[/] {escape(text)}")

    def fail(self, text: str, lines: Sequence[str] = ()) -> None:
        """Tell what went wrong, on standard error."""
        self._err.print(f"[bold red]stackyard |[/] {escape(text)}")
        for line in lines:
            self._err.print(Text.assemble(("          | ", "red"), Text.from_ansi(line)))

    def line(self, name: str, text: str) -> None:
        """Pass on a process' line, after its name in its colour."""
        colour = self._colours.setdefault(name, _COLOURS[len(self._colours) % len(_COLOURS)])
        self._out.print(Text.assemble((f"{name:<9} | ", colour), Text.from_ansi(text)))

    def show(self, text: str) -> None:
        """Write text on standard output as it is."""
        try:
            self._out.file.write(text)
            self._out.file.flush()
        except OSError:
            self._out.on_broken_pipe()

    def table(self, title: str, rows: Mapping[str, str]) -> None:
        """Show names and values in one table."""
        table = Table(title=title, show_header=False)
        for name, value in rows.items():
            table.add_row(Text(name), Text(value))
        # As wide as it takes: an address that is cut, or broken over lines, cannot be copied.
        _Console(width=_UNBROKEN).print(table)


def ask(question: Question, default: Any, error: Callable[[Any], str]) -> Any:
    """Ask a person, on the terminal.

    Args:
        question: The question.
        default: The answer that is offered.
        error: Says what is wrong with an answer; the person is asked again then.

    Raises:
        KeyboardInterrupt: The person wants out.
    """
    import questionary  # pylint: disable=import-outside-toplevel  # as slow to load as all else together

    while True:
        if question.several:
            choices = [
                questionary.Choice(words, value, checked=value in default)
                for value, words in question.choices.items()
            ]
            answer = questionary.checkbox(question.help, choices).unsafe_ask()
        elif question.choices:
            choices = [questionary.Choice(words, value) for value, words in question.choices.items()]
            answer = questionary.select(question.help, choices, default=default).unsafe_ask()
        elif question.kind == "bool":
            answer = questionary.confirm(question.help, default=default).unsafe_ask()
        else:
            answer = questionary.text(question.help, default=default).unsafe_ask()
        if not (fault := error(answer)):
            return answer
        questionary.print(f"  {fault}", style="fg:ansired")
