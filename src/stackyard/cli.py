"""Words in, exit codes out. Nothing else in the tool prints."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from stackyard.commands.demo import demo as demo_verb
from stackyard.commands.run import run as run_verb
from stackyard.errors import UserError
from stackyard.standard.proofs import read_proofs, summary
from stackyard.standard.reader import read_standard

_COLOURS = ("cyan", "green", "magenta", "yellow", "blue", "bright_cyan", "bright_green", "bright_magenta")
_UNBROKEN = 10_000  # characters

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A Django tech stack, as code.",
)


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

    def table(self, title: str, rows: Mapping[str, str]) -> None:
        """Show names and values in one table."""
        table = Table(title=title, show_header=False)
        for name, value in rows.items():
            table.add_row(Text(name), Text(value))
        # As wide as it takes: an address that is cut, or broken over lines, cannot be copied.
        _Console(width=_UNBROKEN).print(table)


@app.callback()
def _stackyard() -> None:
    """A Django tech stack, as code."""


@app.command(context_settings={"allow_interspersed_args": False, "ignore_unknown_options": True})
def run(
    command: Annotated[
        list[str] | None,
        typer.Argument(help="A command to run, after `--`; without one, the processes of the Procfile."),
    ] = None,
    project: Annotated[Path, typer.Option(help="The project's folder.")] = Path("."),
) -> None:
    """Run the project, or a command, with real PostgreSQL, Valkey and RabbitMQ.

    The services listen on free loopback ports. DATABASE_URL, REDIS_URL, CELERY_BROKER_URL and AMQP_URL say
    where; one that is set already wins, and its service is not started. PostgreSQL's data stay in the
    project's .stackyard/ until the next run; a second run at the same time gets ports and data of its own.
    """
    raise typer.Exit(run_verb(project, command or [], Terminal()))


@app.command()
def demo(
    project: Annotated[Path, typer.Option(help="The project's folder.")] = Path("."),
) -> None:
    """Run the project with a demo's data in it, and tell where it is and how to log in.

    Migrates, calls `manage.py seed_demo`, starts the Procfile's processes and waits until the site is ready.
    The same facts are in .stackyard/run.json of the current folder while it runs.
    """
    raise typer.Exit(demo_verb(project, Path(".stackyard", "run.json"), Terminal()))


@app.command(hidden=True)
def proof(
    reports: Annotated[list[Path], typer.Argument(help="JUnit reports, as `pytest --junitxml` writes them.")],
) -> None:
    """Count the technologies of the standard that a test run proved, and name the others."""
    for line in summary(read_proofs(reports, read_standard())):
        typer.echo(line)


def main() -> None:
    """Run the tool."""
    try:
        app()
    except UserError as error:
        Terminal().fail(
            f"{error.wanted}: {error.found}.",
            [f"Where: {error.where}", *error.remedy.splitlines()],
        )
        sys.exit(error.exit_code)
