"""`stackyard check`: is this project, ours or anyone's, on the stack?"""

from __future__ import annotations

from collections.abc import Sequence
from copy import replace
from pathlib import Path

from stackyard.checking.baseline import baseline_text, read_baseline
from stackyard.checking.fixing import fix
from stackyard.checking.registry import read_rules
from stackyard.checking.result import Report
from stackyard.checking.run import Checks, check, rules_of
from stackyard.commands.check_options import BROKEN, CLEAN, Options, exit_code, written
from stackyard.commands.output import Words
from stackyard.errors import UserError
from stackyard.standard.reader import read_standard


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
        # One project does not wait for what starts processes.
        from stackyard.commands.check_many import check_many  # pylint: disable=import-outside-toplevel

        return check_many(folders, checks, options, output)
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
        # It starts processes, which few checks do.
        from stackyard.checking.since import known_at  # pylint: disable=import-outside-toplevel

        known = known_at(folder, options.since, checks)
        checks = replace(checks, known=known, known_reason=f"there at {options.since}")

    def look() -> Report:
        return check(folder, name, checks, in_two=True)

    report, fixed = fix(folder, look) if options.fix else (look(), [])
    for item in fixed:
        output.say(f"fixed {item.where}: {item.rule}")
    if options.write_baseline is not None:
        _write(options.write_baseline, baseline_text(report.results))
        output.say(f"{options.write_baseline} has the findings that do not count from now on")
        return BROKEN if report.failure else CLEAN
    output.show(written(report, checks, options.format))
    return exit_code([report], options.level)


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
