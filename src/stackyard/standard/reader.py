"""Reads a standard from TOML, a team's over ours, and refuses one that does not hold together.

Every error names the file, the line and the key: whoever reads it has to find that line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from packaging.version import InvalidVersion, Version

from stackyard.errors import UserError
from stackyard.formats.place import UnreadableError
from stackyard.formats.tomls import Toml

DEFAULT_STANDARD = Path(__file__).with_name("stack.toml")

_DEPTH = 8  # standards that extend one another
_ENTRY = {"name", "section", "level", "unchecked"}
_TECHNOLOGY = _ENTRY | {"minimum", "alternatives", "packages"}
_TABLES = {"extends", "answers", "sections", "technologies", "practices", "rules"}
OFF = "off"


class Level(StrEnum):
    """How much the standard wants something: the strictest first."""

    REQUIRED = "required"
    RECOMMENDED = "recommended"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Practice:
    """Something that the standard wants of every service.

    Attributes:
        id: What rules, tests and a team's own standard call it.
        name: What people call it.
        section: The id of its section.
        level: How much the standard wants it.
        unchecked: Why no file can show it; empty where a rule looks.
    """

    id: str
    name: str
    section: str
    level: Level
    unchecked: str = ""


@dataclass(frozen=True, slots=True)
class Technology(Practice):
    """One technology that the standard names.

    Attributes:
        minimum: The oldest version that meets the standard; None where any does.
        alternatives: Ids of the technologies that may stand in its place.
        packages: The Python packages, by names as PEP 503 writes them, one of which brings it; none where no
            package does.
    """

    minimum: str | None = None
    alternatives: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()


class Standard(NamedTuple):
    """A whole standard, in the order of its file.

    Attributes:
        sections: Titles by section id.
        technologies: Technologies by id.
        practices: Practices by id.
        rules: The levels of the rules that have one of their own; None for one that is off.
    """

    sections: Mapping[str, str]
    technologies: Mapping[str, Technology]
    practices: Mapping[str, Practice] = MappingProxyType({})
    rules: Mapping[str, Level | None] = MappingProxyType({})

    @property
    def entries(self) -> dict[str, Practice]:
        """Technologies and practices by id."""
        return {**self.technologies, **self.practices}

    def level(self, rule: str, entry: str) -> Level | None:
        """Tell the level of a rule.

        Args:
            rule: Its id.
            entry: The id of the entry that it holds projects to.

        Returns:
            The level; None if it is off, or if the standard has no such entry.
        """
        if rule in self.rules:
            return self.rules[rule]
        found = self.technologies.get(entry) or self.practices.get(entry)
        return found.level if found else None


def read_standard(path: Path | None = None) -> Standard:
    """Read and validate a standard.

    Args:
        path: A team's file: it extends ours, or the file that its `extends` names, unless that is false.
            Without one, the standard that comes with Stackyard.

    Returns:
        The standard.

    Raises:
        UserError: When a file is unreadable, is not TOML, or an entry in it is wrong.
    """
    root = _Table(_layers(path or DEFAULT_STANDARD))
    root.refuse_unknown(_TABLES)
    sections, rules = root.table("sections"), root.table("rules")
    technologies, practices = root.table("technologies"), root.table("practices")
    standard = Standard(
        MappingProxyType({name: sections.text(name) for name in sections.values}),
        MappingProxyType({name: _technology(name, technologies.table(name)) for name in technologies.values}),
        MappingProxyType({name: _practice(name, practices.table(name)) for name in practices.values}),
        MappingProxyType({name: _rule_level(name, rules) for name in rules.values}),
    )
    for name in technologies.values:
        _refuse_dangling(standard.technologies[name], standard, technologies.table(name))
    for name in practices.values:
        if name in standard.technologies:
            raise practices.error("An id that no technology has", name, name)
        _refuse_section(standard.practices[name], standard, practices.table(name))
    return standard


def _layers(path: Path) -> tuple[Toml, ...]:
    """Give a file and those that it extends, the last of which stands alone."""
    layers: list[Toml] = []
    while True:
        toml = _load(path)
        layers.append(toml)
        extends = toml.data.get("extends", path != DEFAULT_STANDARD)
        if extends is False:
            return tuple(layers)
        if extends is not True and not isinstance(extends, str):
            raise _error(toml, "The file that is extended, or false", extends, "extends")
        if len(layers) == _DEPTH:
            raise _error(toml, f"At most {_DEPTH} files, each of which extends the next", "more", "extends")
        path = path.parent / extends if isinstance(extends, str) else DEFAULT_STANDARD


def _load(path: Path) -> Toml:
    try:
        return Toml(str(path), path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, UnreadableError) as error:
        line = f":{error.line}" if isinstance(error, UnreadableError) and error.line else ""
        raise UserError(
            "A standard, as TOML", found=str(error), where=f"{path}{line}", remedy="Correct the file."
        ) from error


def _error(toml: Toml, wanted: str, found: object, *keys: str) -> UserError:
    text = "nothing" if found is None else repr(found)
    where = f"{toml.place(*keys)}: {'.'.join(keys)}"
    return UserError(wanted, found=text, where=where, remedy="Correct this entry.")


class _Table(NamedTuple):
    """A table of some layers, the uppermost first, and the way to it for the errors."""

    layers: tuple[Toml, ...]
    keys: tuple[str, ...] = ()

    @property
    def values(self) -> dict[str, Any]:
        """What it has, in the order of the lowest layer that has it."""
        values: dict[str, Any] = {}
        for layer in reversed(self.layers):
            table = layer.get(*self.keys)
            if table is not None and not isinstance(table, dict):
                raise _error(layer, "A table", table, *self.keys)
            values |= table or {}
        return values

    def error(self, wanted: str, found: object, key: str) -> UserError:
        keys = (*self.keys, key)
        # Of a key that is nowhere, the uppermost layer that has the table around it is told.
        layers = [layer for layer in self.layers if layer.get(*keys) is not None]
        layers += [layer for layer in self.layers if layer.get(*self.keys) is not None]
        return _error([*layers, self.layers[0]][0], wanted, found, *keys)

    def table(self, key: str) -> _Table:
        return _Table(self.layers, (*self.keys, key))

    def text(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.error("A text", value, key)
        return value

    def optional_text(self, key: str) -> str | None:
        return self.text(key) if key in self.values else None

    def texts(self, key: str, what: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(f"A list of {what}", value, key)
        return tuple(value)

    def refuse_unknown(self, known: set[str]) -> None:
        for key in sorted(self.values.keys() - known):
            raise self.error(f"One of {', '.join(sorted(known))}", key, key)


def _level(entry: _Table, key: str, *others: str) -> str:
    level = entry.text(key)
    if level not in [*Level, *others]:
        raise entry.error(f"One of {', '.join([*Level, *others])}", level, key)
    return level


def _rule_level(name: str, rules: _Table) -> Level | None:
    level = _level(rules, name, OFF)
    return None if level == OFF else Level(level)


def _practice(name: str, entry: _Table) -> Practice:
    entry.refuse_unknown(_ENTRY)
    return Practice(
        id=name,
        name=entry.text("name"),
        section=entry.text("section"),
        level=Level(_level(entry, "level")),
        unchecked=entry.optional_text("unchecked") or "",
    )


def _technology(name: str, entry: _Table) -> Technology:
    entry.refuse_unknown(_TECHNOLOGY)
    minimum = entry.optional_text("minimum")
    if minimum is not None:
        try:
            Version(minimum)
        except InvalidVersion as error:
            raise entry.error("A version", minimum, "minimum") from error
    return Technology(
        id=name,
        name=entry.text("name"),
        section=entry.text("section"),
        level=Level(_level(entry, "level")),
        unchecked=entry.optional_text("unchecked") or "",
        minimum=minimum,
        alternatives=entry.texts("alternatives", "ids"),
        packages=entry.texts("packages", "packages"),
    )


def _refuse_section(entry: Practice, standard: Standard, table: _Table) -> None:
    if entry.section not in standard.sections:
        raise table.error("The id of a section", entry.section, "section")


def _refuse_dangling(technology: Technology, standard: Standard, entry: _Table) -> None:
    _refuse_section(technology, standard, entry)
    for alternative in technology.alternatives:
        if alternative not in standard.technologies or alternative == technology.id:
            raise entry.error("The id of another technology", alternative, "alternatives")
