"""`stackyard check` of several projects: one table, or a report each."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from stackyard.checking.many import check_all
from stackyard.checking.result import Report
from stackyard.checking.run import Checks
from stackyard.commands.check_options import Format, Options, exit_code, written
from stackyard.commands.output import Words
from stackyard.errors import UserError
from stackyard.reports.jsons import json_text
from stackyard.reports.sarif import sarif
from stackyard.reports.table import table


def check_many(folders: Sequence[Path], checks: Checks, options: Options, output: Words) -> int:
    """Check projects, several at once.

    Args:
        folders: Their folders.
        checks: What they are checked for.
        options: How.
        output: Where it is told.

    Returns:
        0 if nothing is off the standard, 1 if something is, 2 if a project could not be checked.

    Raises:
        UserError: The options are for one project alone.
    """
    if options.since is not None or options.fix or options.write_baseline is not None:
        raise UserError(
            "One project",
            found=f"{len(folders)}",
            where="--since, --fix or --write-baseline",
            remedy="Check them one by one.",
        )
    reports: list[Report] = []
    named = [(folder, str(folder)) for folder in folders]
    # Reports that come one by one would break into the bar on a terminal.
    is_hidden = sys.stdout.isatty() and options.format not in {Format.TEXT, Format.SARIF}
    with click.progressbar(
        length=len(folders), label="stackyard | projects", file=sys.stderr, hidden=is_hidden
    ) as progress:
        for report in check_all(
            named, checks, options.jobs, lambda done: progress.update(done - progress.pos)
        ):
            if options.format is Format.JSON:
                output.show(json_text(report, indent=None))
            elif options.format in {Format.GITHUB, Format.MARKDOWN}:
                output.show(written(report, checks, options.format))
            reports.append(report)
    if options.format is Format.SARIF:
        output.show(sarif(reports, checks.rules))
    elif options.format is Format.TEXT:
        output.show(table(reports, options.level))
    return exit_code(reports, options.level)
