"""Reads a standard from TOML and refuses one that does not hold together.

Every error names the file, the entry and the key: whoever reads it has to find that line.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from stackyard.errors import UserError

DEFAULT_STANDARD = Path(__file__).with_name("stack.toml")


class Level(StrEnum):
    """How much the standard wants a technology."""

    REQUIRED = "required"
    RECOMMENDED = "recommended"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Technology:
    """One technology that the standard names.

    Attributes:
        id: What rules, tests and a team's own standard call it.
        name: What people call it.
        section: The id of its section.
        level: How much the standard wants it.
        minimum: The oldest version that meets the standard; None where any does.
        alternatives: Ids of the technologies that may stand in its place.
    """

    id: str
    name: str
    section: str
    level: Level
    minimum: str | None = None
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standard:
    """A whole standard, in the order of its file.

    Attributes:
        sections: Titles by section id.
        technologies: Technologies by id.
    """

    sections: Mapping[str, str]
    technologies: Mapping[str, Technology]


def read_standard(path: Path = DEFAULT_STANDARD) -> Standard:
    """Read and validate a standard.

    Args:
        path: The TOML file; without one, the standard that comes with Stackyard.

    Returns:
        The standard.

    Raises:
        UserError: When the file is unreadable, is not TOML, or an entry in it is wrong.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UserError(
            "A standard, as TOML", found=str(error), where=str(path), remedy="Correct the file."
        ) from error
    root = _Table(path, "", data)
    root.refuse_unknown({"sections", "technologies"})
    sections = root.table("sections")
    technologies = root.table("technologies")
    standard = Standard(
        MappingProxyType({name: sections.text(name) for name in sections.values}),
        MappingProxyType({name: _technology(name, technologies.table(name)) for name in technologies.values}),
    )
    for name, technology in standard.technologies.items():
        _refuse_dangling(technology, standard, technologies.table(name))
    return standard


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the file, and the way to it for the errors."""

    path: Path
    keys: str
    values: Mapping[str, Any]

    def error(self, wanted: str, found: object, key: str) -> UserError:
        where = f"{self.path}: {self.keys}.{key}".replace(": .", ": ")
        text = "nothing" if found is None else repr(found)
        return UserError(wanted, found=text, where=where, remedy="Correct this entry.")

    def table(self, key: str) -> _Table:
        value = self.values.get(key)
        if not isinstance(value, dict):
            raise self.error("A table", value, key)
        return _Table(self.path, f"{self.keys}.{key}".lstrip("."), value)

    def text(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.error("A text", value, key)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error("A list of ids", value, key)
        return tuple(value)

    def refuse_unknown(self, known: set[str]) -> None:
        for key in sorted(self.values.keys() - known):
            raise self.error(f"One of {', '.join(sorted(known))}", key, key)


def _technology(name: str, entry: _Table) -> Technology:
    entry.refuse_unknown({"name", "section", "level", "minimum", "alternatives"})
    level = entry.text("level")
    if level not in list(Level):
        raise entry.error(f"One of {', '.join(Level)}", level, "level")
    return Technology(
        id=name,
        name=entry.text("name"),
        section=entry.text("section"),
        level=Level(level),
        minimum=entry.text("minimum") if "minimum" in entry.values else None,
        alternatives=entry.texts("alternatives"),
    )


def _refuse_dangling(technology: Technology, standard: Standard, entry: _Table) -> None:
    if technology.section not in standard.sections:
        raise entry.error("The id of a section", technology.section, "section")
    for alternative in technology.alternatives:
        if alternative not in standard.technologies or alternative == technology.id:
            raise entry.error("The id of another technology", alternative, "alternatives")
