"""What a check of one project says."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from stackyard.formats.place import Place, Problem
from stackyard.rule import Edit
from stackyard.standard.reader import Level


class State(StrEnum):
    """Whether a finding counts."""

    OPEN = "open"
    WAIVED = "waived"
    KNOWN = "known"  # in the baseline, or there at the revision that is compared with


class Result(NamedTuple):  # pylint: disable=too-many-instance-attributes  # a finding's, and two
    """A finding, and what becomes of it.

    Attributes:
        rule: The id of the rule.
        level: How much the standard wants it.
        where: The place.
        fact: What is there.
        remedy: What to do about it.
        edits: What puts it right, where that is certain.
        state: Whether it counts.
        reason: Why it does not.
        names: What it tells of, where that may be several things.
    """

    rule: str
    level: Level
    where: Place
    fact: str
    remedy: str
    edits: tuple[Edit, ...] = ()
    state: State = State.OPEN
    reason: str = ""
    names: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """What stays the same while the lines around it move: its rule, file and fact, hashed."""
        return self._hashed(self.fact)

    @property
    def fingerprints(self) -> dict[str, str]:
        """What baselines know it by: each thing that it tells of, or else its fact, by its hash."""
        return {self._hashed(part): part for part in self.names or (self.fact,)}

    def _hashed(self, part: str) -> str:
        import hashlib  # pylint: disable=import-outside-toplevel  # OpenSSL, for a finding

        text = "\0".join((self.rule, self.where.path, part))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Report(NamedTuple):
    """What a check of one project says.

    Attributes:
        name: What the project is called: the folder, as it was named.
        results: The findings, by place.
        rules: How many rules were applied.
        problems: The files that could not be read as what they are.
        failure: Why it could not be checked; empty if it was.
    """

    name: str
    results: tuple[Result, ...] = ()
    rules: int = 0
    problems: tuple[Problem, ...] = ()
    failure: str = ""
    notes: tuple[str, ...] = ()

    def of(self, state: State, level: Level | None = None) -> list[Result]:
        """Give the findings of a state, and of a level if one is named."""
        return [item for item in self.results if item.state is state and level in (None, item.level)]

    def fails(self, level: Level) -> bool:
        """Say whether there is an open finding of a level, or of a stricter one."""
        strict = list(Level)[: list(Level).index(level) + 1]
        return any(item.level in strict for item in self.of(State.OPEN))
