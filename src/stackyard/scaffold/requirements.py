"""Which packages a project names, whatever it names them in. Files are read, none is run."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

_PATTERNS = ("pyproject.toml", "requirements*.txt", "requirements/*.txt", "Pipfile")
_LINE = re.compile(r"\s*(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[(?P<extras>[^]]*)\])?")


class Requirement(NamedTuple):
    """A package that a project names.

    Attributes:
        name: Its name, as PEP 503 writes it.
        extras: The extras asked for.
        where: The file that names it.
    """

    name: str
    extras: frozenset[str]
    where: str


def requirements(folder: Path) -> list[Requirement]:
    """Give the packages that a project names, in pyproject.toml, requirements files or a Pipfile."""
    found: list[Requirement] = []
    for pattern in _PATTERNS:
        for path in sorted(folder.glob(pattern)):
            where = path.relative_to(folder).as_posix()
            if path.suffix == ".txt":
                found += _of_lines(_text(path).splitlines(), where)
            else:
                found += _of_toml(read_toml(path), where)
    return found


def read_toml(path: Path) -> dict[str, Any]:
    """Read a file in TOML; one that is not there, or is none, is empty."""
    try:
        return tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError:
        return {}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _of_toml(content: dict[str, Any], where: str) -> Iterator[Requirement]:
    project, poetry = _table(content, "project"), _table(_table(content, "tool"), "poetry")
    lists = [project.get("dependencies"), *_table(project, "optional-dependencies").values()]
    lists += _table(content, "dependency-groups").values()
    for lines in lists:
        yield from _of_lines((line for line in lines or () if isinstance(line, str)), where)
    groups = (_table(group, "dependencies") for group in _table(poetry, "group").values())
    for table in (
        *(_table(poetry, name) for name in ("dependencies", "dev-dependencies")),
        *groups,
        *(_table(content, name) for name in ("packages", "dev-packages")),  # a Pipfile's
    ):
        for name, entry in table.items():
            extras = entry.get("extras", ()) if isinstance(entry, dict) else ()
            yield Requirement(_normalized(name), frozenset(map(str, extras)), where)


def _table(content: object, name: str) -> dict[str, Any]:
    table = content.get(name) if isinstance(content, dict) else None
    return table if isinstance(table, dict) else {}


def _of_lines(lines: Iterable[str], where: str) -> Iterator[Requirement]:
    for line in lines:
        if match := _LINE.match(line):
            extras = (extra.strip().lower() for extra in (match["extras"] or "").split(","))
            yield Requirement(_normalized(match["name"]), frozenset(filter(None, extras)), where)


def _normalized(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
