"""`stackyard check`: is this project, ours or anyone's, on the stack?"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path

from stackyard.checking.baseline import baseline_text, read_baseline
from stackyard.checking.fixing import fix
from stackyard.checking.many import check_all
from stackyard.checking.registry import read_rules
from stackyard.checking.result import Report
from stackyard.checking.run import Checks, check, rules_of
from stackyard.checking.since import known_at
from stackyard.commands.output import Words
from stackyard.errors import UserError
from stackyard.reports.github import github
from stackyard.reports.jsons import json_text
from stackyard.reports.markdown import markdown
from stackyard.reports.sarif import sarif
from stackyard.reports.table import table
from stackyard.reports.text import text
from stackyard.standard.reader import Level, read_standard

CLEAN, FOUND, BROKEN = 0, 1, 2


class Format(StrEnum):
    """How a report is written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    MARKDOWN = "markdown"


@dataclass(frozen=True)
class Options:  # pylint: disable=too-many-instance-attributes  # the command line's
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


def run_check(paths: Sequence[Path], options: Options, output: Words) -> int:
    """Check projects.

    Args:
        paths: Their folders; the current one, if none is named.
        options: How.
        output: Where it is told.

    Returns:
        0 if nothing is off the standard, 1 if something is, 2 if a project could not be checked.

    Raises:
        UserError: The options make no sense together, or name something that is not there.
    """
    folders = [*paths, *_named(options.projects)] or [Path()]
    checks = _checks(options)
    if len(folders) > 1 or options.projects:
        return _many(folders, checks, options, output)
    return _one(folders[0], checks, options, output)


def _checks(options: Options) -> Checks:
    standard = read_standard(options.stack)
    rules = rules_of(standard, read_rules())
    for name in options.rules:
        if name not in rules:
            raise UserError(
                "The id of a rule that is on",
                found=repr(name),
                where="--rule",
                remedy="`stackyard explain` lists the rules.",
            )
    if options.rules:
        rules = {name: rules[name] for name in options.rules}
    checks = Checks(standard, rules)
    if options.baseline is not None:
        checks = replace(checks, known=read_baseline(options.baseline), known_reason=f"in {options.baseline}")
    return checks


def _one(folder: Path, checks: Checks, options: Options, output: Words) -> int:
    if not folder.is_dir():
        raise UserError(
            "A project's folder", found="no such folder", where=str(folder), remedy="Name another."
        )
    name = folder.resolve().name or str(folder)
    if options.since is not None:
        known = known_at(folder, options.since, checks)
        checks = replace(checks, known=known, known_reason=f"there at {options.since}")

    def look() -> Report:
        return check(folder, name, checks)

    report, fixed = fix(folder, look) if options.fix else (look(), [])
    for item in fixed:
        output.say(f"fixed {item.where}: {item.rule}")
    if options.write_baseline is not None:
        _write(options.write_baseline, baseline_text(report.results))
        output.say(f"{options.write_baseline} has the findings that do not count from now on")
        return BROKEN if report.failure else CLEAN
    output.show(_written(report, checks, options.format))
    return _exit_code([report], options.level)


def _many(folders: Sequence[Path], checks: Checks, options: Options, output: Words) -> int:
    if options.since is not None or options.fix or options.write_baseline is not None:
        raise UserError(
            "One project",
            found=f"{len(folders)}",
            where="--since, --fix or --write-baseline",
            remedy="Check them one by one.",
        )
    reports: list[Report] = []
    named = [(folder, str(folder)) for folder in folders]
    progress = _progress(len(folders), output)
    for report in check_all(named, checks, options.jobs, progress):
        if options.format is Format.JSON:
            output.show(json_text(report, indent=None))
        elif options.format in {Format.GITHUB, Format.MARKDOWN}:
            output.show(_written(report, checks, options.format))
        reports.append(report)
    if options.format is Format.SARIF:
        output.show(sarif(reports, checks.rules, version("stackyard")))
    elif options.format is Format.TEXT:
        output.show(table(reports, options.level))
    return _exit_code(reports, options.level)


def _written(report: Report, checks: Checks, format_: Format) -> str:
    if format_ is Format.SARIF:
        return sarif([report], checks.rules, version("stackyard"))
    writers: Mapping[Format, Callable[[Report], str]] = {
        Format.TEXT: text,
        Format.JSON: json_text,
        Format.GITHUB: github,
        Format.MARKDOWN: markdown,
    }
    return writers[format_](report)


def _exit_code(reports: Iterable[Report], level: Level) -> int:
    codes = [BROKEN if report.failure else FOUND if report.fails(level) else CLEAN for report in reports]
    return max(codes, default=CLEAN)


def _progress(total: int, output: Words) -> Callable[[int], None]:
    """Give what tells how far it is: nothing, where nobody watches."""
    told = [time.monotonic()]

    def tell(done: int) -> None:
        if sys.stderr.isatty() and (time.monotonic() - told[0] > 1 or done == total):
            told[0] = time.monotonic()
            output.say(f"{done} of {total} projects")

    return tell


def _named(path: Path | None) -> list[Path]:
    if path is None:
        return []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            "A file that names projects", found=str(error), where=str(path), remedy="Name another."
        ) from error
    return [
        path.parent / line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")
    ]


def _write(path: Path, content: str) -> None:
    try:
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise UserError(
            "A file to write", found=str(error), where=str(path), remedy="Name another."
        ) from error
