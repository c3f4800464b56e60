"""Reads a standard from TOML and refuses one that does not hold together.

Every error names the file, the entry and the key, as its reader is whoever wrote that line.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

DEFAULT_STANDARD = Path(__file__).with_name("stack.toml")

_ENTRY_KEYS = {"name", "section", "level", "minimum", "alternatives"}


class Level(StrEnum):
    """How much the standard wants a technology."""

    REQUIRED = "required"
    RECOMMENDED = "recommended"
    OPTIONAL = "optional"


class StandardError(ValueError):
    """A standard that cannot be used; says where it is wrong and what it takes instead."""


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
        StandardError: When the file is unreadable, is not TOML, or an entry in it is wrong.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise StandardError(f"{path}: {error}") from error
    _refuse_unknown(path, "", data, {"sections", "technologies"})
    sections = _table(path, "sections", data)
    for name in sections:
        _text(path, f"sections.{name}", sections, name)
    entries = _table(path, "technologies", data)
    technologies = {name: _technology(path, name, entries) for name in entries}
    standard = Standard(MappingProxyType(sections), MappingProxyType(technologies))
    for technology in technologies.values():
        _refuse_dangling(path, technology, standard)
    return standard


def _technology(path: Path, name: str, entries: dict[str, Any]) -> Technology:
    where = f"technologies.{name}"
    entry = _table(path, where, entries, name)
    _refuse_unknown(path, where, entry, _ENTRY_KEYS)
    level = _text(path, f"{where}.level", entry, "level")
    if level not in list(Level):
        raise StandardError(f"{path}: {where}.level is {level!r}; it takes {', '.join(Level)}")
    alternatives = entry.get("alternatives", [])
    if not isinstance(alternatives, list) or not all(isinstance(item, str) for item in alternatives):
        raise StandardError(f"{path}: {where}.alternatives is {alternatives!r}; it takes a list of ids")
    return Technology(
        id=name,
        name=_text(path, f"{where}.name", entry, "name"),
        section=_text(path, f"{where}.section", entry, "section"),
        level=Level(level),
        minimum=_text(path, f"{where}.minimum", entry, "minimum") if "minimum" in entry else None,
        alternatives=tuple(alternatives),
    )


def _table(path: Path, where: str, parent: dict[str, Any], key: str | None = None) -> dict[str, Any]:
    value = parent.get(key or where)
    if not isinstance(value, dict):
        found = "missing" if value is None else repr(value)
        raise StandardError(f"{path}: {where} is {found}; it takes a table")
    return value


def _text(path: Path, where: str, parent: dict[str, Any], key: str) -> str:
    value = parent.get(key)
    if not isinstance(value, str) or not value.strip():
        found = "missing" if value is None else repr(value)
        raise StandardError(f"{path}: {where} is {found}; it takes a text")
    return value


def _refuse_unknown(path: Path, where: str, table: dict[str, Any], known: set[str]) -> None:
    for key in table.keys() - known:
        full = f"{where}.{key}".lstrip(".")
        raise StandardError(f"{path}: {full} is not known here; known are {', '.join(sorted(known))}")


def _refuse_dangling(path: Path, technology: Technology, standard: Standard) -> None:
    where = f"technologies.{technology.id}"
    if technology.section not in standard.sections:
        raise StandardError(f"{path}: {where}.section is {technology.section!r}, which no section is called")
    for alternative in technology.alternatives:
        if alternative not in standard.technologies or alternative == technology.id:
            raise StandardError(f"{path}: {where}.alternatives has {alternative!r}, which no other entry is called")
