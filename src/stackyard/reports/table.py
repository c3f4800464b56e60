"""For a team: a line for each of its projects."""

from __future__ import annotations

from collections.abc import Sequence

import click

from stackyard.checking.result import Report, State
from stackyard.reports.text import COLOURS
from stackyard.standard.reader import Level

_HEAD = ("project", *Level, "waived", "known", "")


def table(reports: Sequence[Report], level: Level) -> str:
    """Write what was found in each project as a table.

    Args:
        reports: What was found.
        level: The level from which on a finding fails a project.

    Returns:
        Lines, with the colours of a terminal.
    """
    rows = [_row(report, level) for report in reports]
    widths = [max(len(row[column]) for row in (_HEAD, *rows)) for column in range(len(_HEAD))]
    lines = [_line(_HEAD, widths, bold=True)]
    lines += [
        _line(row, widths, fg=_colour(report, level)) for row, report in zip(rows, reports, strict=True)
    ]
    failing = sum(report.fails(level) for report in reports)
    broken = sum(bool(report.failure) for report in reports)
    lines.append(f"{len(reports)} projects: {failing} off the standard, {broken} could not be checked")
    return "".join(f"{line}\n" for line in lines)


def _row(report: Report, level: Level) -> tuple[str, ...]:
    if report.failure:
        return (report.name, *("-" for _ in range(len(_HEAD) - 2)), f"not checked: {report.failure}")
    open_ = (str(len(report.of(State.OPEN, item))) for item in Level)
    aside = (str(len(report.of(state))) for state in (State.WAIVED, State.KNOWN))
    return (report.name, *open_, *aside, "fails" if report.fails(level) else "ok")


def _colour(report: Report, level: Level) -> str:
    if report.failure:
        return "magenta"
    return COLOURS[Level.REQUIRED] if report.fails(level) else "green"


def _line(row: Sequence[str], widths: Sequence[int], bold: bool = False, fg: str | None = None) -> str:
    cells = [
        row[0].ljust(widths[0]),
        *(cell.rjust(width) for cell, width in zip(row[1:-1], widths[1:-1], strict=True)),
    ]
    return click.style("  ".join([*cells, row[-1]]).rstrip(), bold=bold, fg=fg)
