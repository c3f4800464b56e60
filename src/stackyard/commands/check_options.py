"""How `stackyard check` is told to check, and how it tells what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from stackyard.checking.result import Report
from stackyard.checking.run import Checks
from stackyard.reports.github import github
from stackyard.reports.jsons import json_text
from stackyard.reports.markdown import markdown
from stackyard.reports.text import text
from stackyard.standard.reader import Level

CLEAN, FOUND, BROKEN = 0, 1, 2


class Format(StrEnum):
    """How a report is written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    MARKDOWN = "markdown"


class Options(NamedTuple):  # pylint: disable=too-many-instance-attributes  # the command line's
    """How to check.

    Attributes:
        format: How the report is written.
        level: The level from which on a finding makes the exit code 1.
        stack: A team's stack file.
        rules: The rules to apply; all that are on, if none is named.
        baseline: A file with the findings that do not count.
        write_baseline: Where to write what is open as such a file.
        since: The revision whose findings do not count.
        fix: Whether to put right what is certain.
        jobs: How many projects are checked at once; as many as there are processors, if that is not said.
        projects: A file that names projects, a line each.
    """

    format: Format = Format.TEXT
    level: Level = Level.REQUIRED
    stack: Path | None = None
    rules: tuple[str, ...] = ()
    baseline: Path | None = None
    write_baseline: Path | None = None
    since: str | None = None
    fix: bool = False
    jobs: int | None = None
    projects: Path | None = None


def written(report: Report, checks: Checks, format_: Format) -> str:
    """Write a report in a format."""
    if format_ is Format.SARIF:
        from stackyard.reports.sarif import sarif  # pylint: disable=import-outside-toplevel

        return sarif([report], checks.rules)
    writers: Mapping[Format, Callable[[Report], str]] = {
        Format.TEXT: text,
        Format.JSON: json_text,
        Format.GITHUB: github,
        Format.MARKDOWN: markdown,
    }
    return writers[format_](report)


def exit_code(reports: Iterable[Report], level: Level) -> int:
    """Give the exit code of some reports: the worst of each one's."""
    codes = [BROKEN if report.failure else FOUND if report.fails(level) else CLEAN for report in reports]
    return max(codes, default=CLEAN)
