"""For a terminal: grouped by file, the strictest first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import click

from stackyard.checking.result import Report, Result, State
from stackyard.standard.reader import Level

COLOURS = {Level.REQUIRED: "red", Level.RECOMMENDED: "yellow", Level.OPTIONAL: "cyan"}


def text(report: Report) -> str:
    """Write a report for people.

    Args:
        report: What was found.

    Returns:
        Lines, with the colours of a terminal.
    """
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    if report.failure:
        yield f"{click.style(report.name, bold=True)}: could not be checked: {report.failure}"
        return
    for path, results in groupby(report.of(State.OPEN), key=lambda item: item.where.path):
        yield click.style(path or "the project", bold=True)
        for item in results:
            yield from _finding(item)
        yield ""
    yield from _aside(report)
    yield f"{click.style(report.name, bold=True)}: {summary(report)}"


def _finding(item: Result) -> Iterator[str]:
    line = str(item.where.line) if item.where.line else "-"
    level = click.style(item.level, fg=COLOURS[item.level])
    yield f"  {line:>5}  {level}  {click.style(item.rule, bold=True)}"
    yield f"         {item.fact}."
    yield f"         {click.style('→', fg='green')} {item.remedy}."


def _aside(report: Report) -> Iterator[str]:
    for item in report.of(State.WAIVED):
        yield f"waived  {item.where}  {item.rule}: {item.reason}"
    for problem in report.problems:
        yield f"not read  {problem.where}: {problem.fact}"
    yield from report.notes


def summary(report: Report) -> str:
    """Say how many findings there are of each kind, and of how many rules."""
    counts = [f"{len(found)} {level}" for level in Level if (found := report.of(State.OPEN, level))]
    counts += [
        f"{len(found)} {state}" for state in (State.WAIVED, State.KNOWN) if (found := report.of(state))
    ]
    return f"{', '.join(counts) or 'nothing found'} ({report.rules} rules)"
