"""Checking one project."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path

from stackyard.checking.baseline import compare
from stackyard.checking.halves import can_fork, in_halves
from stackyard.checking.result import Report, Result
from stackyard.checking.waivers import read_waivers, waive
from stackyard.errors import UserError
from stackyard.project.facts import Project
from stackyard.rule import Rule
from stackyard.standard.reader import Level, Standard


@dataclass(frozen=True)
class Checks:
    """What projects are checked for.

    Attributes:
        standard: The standard.
        rules: The rules that are on, by their ids, and the level of each.
        known: How often each finding was there before, by fingerprint.
        known_reason: What to say of those.
        today: The day on which waivers are asked.
    """

    standard: Standard
    rules: Mapping[str, tuple[Rule, Level]]
    known: Mapping[str, int] = field(default_factory=dict)
    known_reason: str = ""
    today: dt.date = field(default_factory=dt.date.today)


def rules_of(standard: Standard, rules: Mapping[str, Rule]) -> dict[str, tuple[Rule, Level]]:
    """Give the rules that a standard has on, and their levels.

    Raises:
        UserError: The standard has a level for a rule that there is not.
    """
    for name in standard.rules:
        if name not in rules:
            raise UserError(
                "The id of a rule, as `stackyard explain` lists them",
                found=repr(name),
                where="[rules] of the stack file",
                remedy="Correct it.",
            )
    levels = {name: standard.level(name, rule.entry) for name, rule in rules.items()}
    return {name: (rules[name], level) for name, level in levels.items() if level is not None}


def check(folder: Path, name: str, checks: Checks, *, in_two: bool = False) -> Report:
    """Check a project.

    Args:
        folder: Its folder.
        name: What it is called in the report.
        checks: What it is checked for.
        in_two: Whether two processes share its rules.

    Returns:
        What was found, or why it could not be checked.
    """
    if not folder.is_dir():
        return Report(name, failure="there is no such folder")
    project = Project(folder, checks.standard)
    rules = [rule for rule, _ in checks.rules.values()]
    apply = partial(_applied, project=project, checks=checks)
    try:
        waivers = read_waivers(project.pyproject, checks.rules)
        found = in_halves(project, rules, apply) if in_two and can_fork() else list(chain(*map(apply, rules)))
    except UserError as error:
        return Report(name, failure=f"{error.wanted}: {error.found} ({error.where}). {error.remedy}")
    if found is None:
        return check(folder, name, checks)
    found.sort(key=lambda item: (item.where, item.rule, item.fact))
    results, notes = waive(found, waivers, checks.today)
    results = compare(results, checks.known, checks.known_reason)
    return Report(name, tuple(results), len(checks.rules), tuple(project.problems), notes=tuple(notes))


def _applied(rule: Rule, project: Project, checks: Checks) -> list[Result]:
    """Give what a rule finds.

    Raises:
        UserError: It failed.
    """
    try:
        found = dict.fromkeys(rule.check(project))
    except Exception as error:  # a rule's own fault, perhaps of another package's: told, not hidden
        raise UserError(
            f"The rule {rule.id}",
            found=f"{type(error).__name__}: {error}",
            where=str(project.root),
            remedy="That is a fault of the rule: report it, and turn it off until then.",
        ) from error
    level = checks.rules[rule.id][1]
    return [
        Result(rule.id, level, item.where, item.fact, item.remedy, item.edits, names=item.names)
        for item in found
    ]
