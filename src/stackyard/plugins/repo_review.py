"""A plug-in of repo-review: each rule is one of its checks, in a family for each level.

What a project has waived passes; what cannot be told, as of a repository that is elsewhere, is skipped.
"""

from __future__ import annotations

from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

from stackyard.checking.registry import read_rules
from stackyard.checking.result import Report, State
from stackyard.checking.run import Checks, check, rules_of
from stackyard.rule import Rule
from stackyard.standard.reader import Level, read_standard

FAMILY = "stackyard-{}"


class RuleCheck:
    """A rule, as repo-review calls it.

    Attributes:
        family: The name of its family.
        requires: The checks that have to pass before it: none.
        url: Where to read more: nowhere but in `stackyard explain`.
    """

    def __init__(self, rule: Rule, level: Level, root: Traversable) -> None:
        """Take a rule, and the repository that it is for."""
        self.family = FAMILY.format(level)
        self.requires: frozenset[str] = frozenset()
        self.url = ""
        self.__doc__ = _verbatim(rule.title)
        self._rule = rule.id
        self._root = root

    def check(self) -> str | None:
        """Say what is wrong: nothing if it passes, None if that cannot be told."""
        if not isinstance(self._root, Path) or not self._root.is_dir():
            return None
        report = _report(self._root)
        if report.failure:
            return _verbatim(report.failure)
        found = [item for item in report.of(State.OPEN) if item.rule == self._rule]
        return "\n".join(f"- {item.where}: {item.fact}. {item.remedy}." for item in found)


def checks(root: Traversable) -> dict[str, RuleCheck]:
    """Give the checks, by the rules' ids, as the entry point `repo_review.checks` wants them.

    Args:
        root: The repository.
    """
    rules = _checks().rules
    return {name: RuleCheck(rule, level, root) for name, (rule, level) in rules.items()}


def families() -> dict[str, dict[str, str | int]]:
    """Give the families, as the entry point `repo_review.families` wants them."""
    return {
        FAMILY.format(level): {"name": f"The stack: {level}", "order": order}
        for order, level in enumerate(Level)
    }


def _verbatim(text: str) -> str:
    """Write a text that is formatted once more."""
    return text.replace("{", "{{").replace("}", "}}")


@cache
def _checks() -> Checks:
    standard = read_standard()
    return Checks(standard, rules_of(standard, read_rules()))


@cache
def _report(root: Path) -> Report:
    return check(root, root.resolve().name, _checks())
