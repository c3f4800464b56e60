"""Plain text on a terminal, in colours where it has them: Rich takes half as long to load as a check does."""

from __future__ import annotations

import os
import sys

import click


class PlainTerminal:
    """Standard output and error."""

    def __init__(self) -> None:
        """Look whether colours are wanted: as NO_COLOR and FORCE_COLOR say, or else on a terminal."""
        self._colour: bool | None = None
        if os.environ.get("NO_COLOR") or os.environ.get("FORCE_COLOR"):
            self._colour = not os.environ.get("NO_COLOR")

    def say(self, text: str) -> None:
        """Tell what goes on, on standard error."""
        click.echo(f"{click.style('stackyard |', dim=True)} {text}", err=True, color=self._colour)

    def show(self, text: str) -> None:
        """Write text on standard output; a reader who has gone ends nothing."""
        try:
            click.echo(text, nl=False, color=self._colour)
        except OSError:
            with open(os.devnull, "wb") as nowhere:
                os.dup2(nowhere.fileno(), sys.stdout.fileno())
