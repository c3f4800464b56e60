"""What a rule is, and what it finds."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from stackyard.formats.place import Place
from stackyard.project.facts import Project

_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


class Edit(NamedTuple):
    """A change of a file that puts a finding right.

    Attributes:
        path: The file, relative to the project's folder; need not be there.
        old: What is taken out, the first time it is there from `line` on; nothing, to add at the end.
        new: What is put in its place.
        line: The line from which on `old` is looked for, from 1.
    """

    path: str
    old: str
    new: str
    line: int = 1


class Finding(NamedTuple):
    """A place at which a project departs from the standard.

    Attributes:
        where: The place.
        fact: What is there, as a sentence without its full stop.
        remedy: What to do about it, as a sentence without its full stop.
        edits: What puts it right, where that is certain.
        names: What it tells of, where that may be several things: whoever mends one brings nothing new.
    """

    where: Place
    fact: str
    remedy: str
    edits: tuple[Edit, ...] = ()
    names: tuple[str, ...] = ()


type Check = Callable[[Project], Iterator[Finding]]


class Rule(NamedTuple):
    """A rule.

    Attributes:
        id: What waivers, baselines and people call it.
        entry: The id of the standard's entry that it holds projects to.
        check: Finds where a project departs from it.
        title: What it wants, in one line.
        page: The whole of its manual page.
    """

    id: str
    entry: str
    check: Check
    title: str
    page: str


def rule(name: str, *, entry: str) -> Callable[[Check], Rule]:
    """Make a rule of a function from a project to findings; the docstring of its module is its manual page.

    Args:
        name: Its id: small letters, digits and hyphens.
        entry: The id of the standard's entry that it holds projects to.

    Raises:
        ValueError: The id is none, or the module has no docstring.
    """

    def decorate(check: Check) -> Rule:
        page = inspect.cleandoc(check.__globals__["__doc__"] or "")
        if not _ID.fullmatch(name) or not page:
            raise ValueError(f"{check.__module__}: a rule wants an id in small letters and a docstring")
        return Rule(name, entry, check, page.partition("\n")[0].rstrip("."), page)

    return decorate
