"""For the comment of a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stackyard.checking.result import Report, Result, State
from stackyard.reports.text import summary
from stackyard.standard.reader import Level

_SIGNS = {Level.REQUIRED: "❌", Level.RECOMMENDED: "⚠️", Level.OPTIONAL: "💡"}


def markdown(report: Report) -> str:
    """Write a report in Markdown."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield f"### {escaped(report.name)} against the stack"
    yield ""
    if report.failure:
        yield f"Could not be checked: {escaped(report.failure)}"
        return
    yield f"{summary(report)}."
    if found := report.of(State.OPEN):
        yield ""
        yield "| | where | what | remedy | rule |"
        yield "|---|---|---|---|---|"
        yield from (_row(item) for item in sorted(found, key=lambda item: list(Level).index(item.level)))
    if waived := report.of(State.WAIVED):
        yield ""
        yield "<details><summary>Waived</summary>"
        yield ""
        yield from (
            f"- `{item.rule}` at {escaped(str(item.where))}: {escaped(item.reason)}" for item in waived
        )
        yield ""
        yield "</details>"
    for note in (
        *report.notes,
        *(f"{problem.where} was not read: {problem.fact}" for problem in report.problems),
    ):
        yield ""
        yield f"> {escaped(note)}"


def _row(item: Result) -> str:
    cells = (
        f"{_SIGNS[item.level]} {item.level}",
        escaped(str(item.where)),
        escaped(item.fact),
        escaped(item.remedy),
        f"`{item.rule}`",
    )
    return f"| {' | '.join(cells)} |"


def escaped(text: str) -> str:
    """Write a text so that Markdown, and HTML in it, shows it as it is: a project's names are not trusted."""
    return re.sub(r"([\\`*_{}\[\]<>#|~&@])", r"\\\1", " ".join(text.split()))
