"""What a project has been let off, as its pyproject.toml says: a rule, perhaps a path, why, and until when.

[[tool.stackyard.waivers]]
rule = "compose-healthchecks"
path = "docker-compose.yml"
reason = "the mail catcher has nothing to ask for its health"
expires = 2027-01-31
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from copy import replace
from fnmatch import fnmatchcase
from typing import NamedTuple

from stackyard.checking.result import Result, State
from stackyard.errors import UserError
from stackyard.formats.place import Place
from stackyard.formats.tomls import Toml

_KEYS = {"rule", "path", "reason", "expires"}


class Waiver(NamedTuple):
    """What a project has been let off.

    Attributes:
        rule: The id of the rule.
        path: The files that it is for, as a shell names them; `*` for all.
        reason: Why.
        expires: The last day of it; None if it has none.
        where: Where it is written.
    """

    rule: str
    path: str
    reason: str
    expires: dt.date | None
    where: Place

    def takes(self, result: Result) -> bool:
        """Say whether a finding is one of those."""
        return result.rule == self.rule and fnmatchcase(result.where.path, self.path)


def read_waivers(pyproject: Toml | None, rules: Collection[str]) -> tuple[Waiver, ...]:
    """Read the waivers of a project.

    Args:
        pyproject: Its pyproject.toml.
        rules: The ids of the rules that there are.

    Raises:
        UserError: One of them is none, has no reason, or is for a rule that is not there.
    """
    entries = pyproject.get("tool", "stackyard", "waivers") if pyproject else None
    if pyproject is None or entries is None:
        return ()
    if not isinstance(entries, list):
        raise _error(pyproject, "A list of waivers: tables of [[tool.stackyard.waivers]]", entries)
    return tuple(_waiver(entry, number, pyproject, rules) for number, entry in enumerate(entries, start=1))


def _waiver(entry: object, number: int, pyproject: Toml, rules: Collection[str]) -> Waiver:
    if not isinstance(entry, dict):
        raise _error(pyproject, f"Waiver {number} as a table", entry)
    if unknown := sorted(entry.keys() - _KEYS):
        raise _error(pyproject, f"Waiver {number} of {', '.join(sorted(_KEYS))} alone", unknown[0])
    rule, path, reason = entry.get("rule"), entry.get("path", "*"), entry.get("reason")
    expires = entry.get("expires")
    if not isinstance(rule, str) or rule not in rules:
        raise _error(
            pyproject, f"The id of a rule in waiver {number}, as `stackyard explain` lists them", rule
        )
    if not isinstance(reason, str) or not reason.strip():
        raise _error(pyproject, f"A reason in waiver {number}, which is for {rule}", reason)
    if not isinstance(path, str):
        raise _error(pyproject, f"A path in waiver {number}", path)
    if expires is not None and (not isinstance(expires, dt.date) or isinstance(expires, dt.datetime)):
        raise _error(
            pyproject, f"A day in `expires` of waiver {number}, such as 2027-01-31 without quotes", expires
        )
    return Waiver(rule, path, reason.strip(), expires, pyproject.place("tool", "stackyard", "waivers"))


def _error(pyproject: Toml, wanted: str, found: object) -> UserError:
    where = str(pyproject.place("tool", "stackyard", "waivers"))
    text = "nothing" if found is None else repr(found)
    return UserError(wanted, found=text, where=where, remedy="Correct it.")


def waive(
    results: Iterable[Result], waivers: Iterable[Waiver], today: dt.date
) -> tuple[list[Result], list[str]]:
    """Take out what a project has been let off.

    Args:
        results: The findings.
        waivers: The waivers.
        today: The day on which they are asked.

    Returns:
        The findings, and what there is to say of waivers that have expired, or that nothing is left for.
    """
    waivers, used, found = list(waivers), set(), []
    for result in results:
        mine = [waiver for waiver in waivers if waiver.takes(result)]
        used |= set(mine)
        valid = next((waiver for waiver in mine if waiver.expires is None or waiver.expires >= today), None)
        if valid is not None and result.state is State.OPEN:
            until = f" (until {valid.expires})" if valid.expires else ""
            result = replace(result, state=State.WAIVED, reason=f"{valid.reason}{until}")
        found.append(result)
    notes = [_note(waiver, waiver in used, today) for waiver in waivers]
    return found, [note for note in notes if note]


def _note(waiver: Waiver, is_used: bool, today: dt.date) -> str:
    if not is_used:
        return f"{waiver.where}: nothing is left of what {waiver.rule} was waived for: delete the waiver"
    if waiver.expires is not None and waiver.expires < today:
        return f"{waiver.where}: the waiver of {waiver.rule} expired on {waiver.expires}"
    return ""
