"""Tiny repositories for the tests of rules: what they flag, and what they pass."""

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from stackyard.checking.registry import read_rules
from stackyard.project.facts import Project
from stackyard.rule import Finding
from stackyard.standard.reader import Standard, read_standard

standard = cache(read_standard)
rules = cache(read_rules)


@dataclass(frozen=True)
class Break:
    """A way to break a project that is on the stack, which turns one rule red and no other.

    Attributes:
        path: The file.
        old: What is taken out of it: all of it, if that is empty.
        new: What is put in its place: the file goes away, if `old` is empty and this is None.
        more: Changes of the same kind that belong to it.
    """

    path: str
    old: str = ""
    new: str | None = ""
    more: tuple["Break", ...] = field(default=())

    def apply(self, project: Path) -> None:
        """Break a project."""
        for step in (self, *self.more):
            path = project / step.path
            text = path.read_text(encoding="utf-8") if step.old else ""
            assert step.old in text, f"{step.path} has no {step.old!r}"
            if not step.old and step.new is None:
                path.unlink(missing_ok=True)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(
                text.replace(step.old, step.new or "", 1) if step.old else step.new or "", "utf-8"
            )


TEMPLATE = Path(__file__).parents[2] / "template"


def without(pattern: str) -> Break:
    """Take each of the template's modules away in which a line begins with a pattern."""
    found = re.compile(pattern, re.MULTILINE)
    paths = [
        path.relative_to(TEMPLATE)
        for path in sorted(TEMPLATE.rglob("*.py"))
        if ".venv" not in path.parts and found.search(path.read_text(encoding="utf-8"))
    ]
    breaks = [Break(path.as_posix(), "", None) for path in paths]
    return Break(breaks[0].path, "", None, tuple(breaks[1:]))


def findings(rule: str, files: Mapping[str, str], held_to: Standard | None = None) -> list[Finding]:
    """Apply a rule to a repository of some files."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        project = Project(Path(folder), held_to or standard())
        found = list(rules()[rule].check(project))
        assert not project.problems, project.problems
        return found


def passes(rule: str, files: Mapping[str, str]) -> None:
    """Insist that a rule finds nothing."""
    found = findings(rule, files)
    assert not found, found


def flags(rule: str, files: Mapping[str, str], *wanted: str) -> None:
    """Insist on what a rule finds.

    Args:
        rule: Its id.
        files: The repository.
        wanted: For each finding, in their order: where (`Dockerfile:3`), a blank, and words of its fact.
    """
    found = findings(rule, files)
    assert len(found) == len(wanted), found
    for finding, words in zip(found, wanted, strict=True):
        where, _, fact = words.partition(" ")
        assert str(finding.where) == where and fact in finding.fact, finding
