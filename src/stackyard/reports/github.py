"""For GitHub Actions: a workflow command for each finding, which annotates its line."""

from __future__ import annotations

from stackyard.checking.result import Report, Result, State
from stackyard.reports.text import summary
from stackyard.standard.reader import Level

_COMMANDS = {Level.REQUIRED: "error", Level.RECOMMENDED: "warning", Level.OPTIONAL: "notice"}


def github(report: Report) -> str:
    """Write a report as workflow commands."""
    if report.failure:
        return f"::error title=stackyard::{_data(f'{report.name} could not be checked: {report.failure}')}\n"
    lines = [_annotation(item) for item in report.of(State.OPEN)]
    lines += [f"::warning title=stackyard::{_data(note)}" for note in report.notes]
    return "".join(f"{line}\n" for line in [*lines, f"{report.name}: {summary(report)}"])


def _annotation(item: Result) -> str:
    place = f"file={_property(item.where.path)},line={max(1, item.where.line)}," if item.where.path else ""
    message = _data(f"{item.fact}. {item.remedy}.")
    return f"::{_COMMANDS[item.level]} {place}title={_property(item.rule)}::{message}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
