"""What the tools of development are told: in pyproject.toml, setup.cfg, tox.ini, or a file of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from stackyard.formats.place import Place
from stackyard.project.documents import Documents

_FILES = {
    "black": (),
    "isort": (".isort.cfg",),
    "flake8": (".flake8",),
    "mypy": ("mypy.ini", ".mypy.ini"),
    "pylint": (".pylintrc", "pylintrc", "pylintrc.toml", ".pylintrc.toml"),
    "pytest": ("pytest.ini", ".pytest.ini", "pytest.toml", ".pytest.toml"),
    "coverage": (".coveragerc", ".coveragerc.toml"),
    "ruff": ("ruff.toml", ".ruff.toml"),
}


class Configuration(NamedTuple):
    """What one file tells a tool.

    Attributes:
        tool: The tool.
        where: The file, and the first line of what is for that tool.
        values: What it says, by key, those of its sections too: of `.coveragerc`, `report.fail_under`.
        source: The text of the file.
    """

    tool: str
    where: Place
    values: Mapping[str, Any]
    source: str = ""

    def place(self, key: str) -> Place:
        """Tell where a value is written; the first line of what is for the tool, if it is not."""
        name = re.sub(r"[-_]", "[-_]", re.escape(key).replace(r"\-", "-"))
        found = re.compile(rf"^\s*(?:[\w-]+\.)*{name}\s*[=:]", re.IGNORECASE)
        for number, line in enumerate(self.source.splitlines(), start=1):
            if number >= self.where.line and found.match(line):
                return Place(self.where.path, number)
        return self.where

    def text(self, key: str) -> str:
        """Give a value as a text, a list's with spaces between; empty if it is not there.

        Args:
            key: Its name; that of its section may be left out.
        """
        name = key.replace("-", "_").lower()
        value = self.values.get(name)
        if value is None:
            value = next((found for key, found in self.values.items() if key.endswith(f".{name}")), None)
        return " ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)

    def number(self, key: str) -> int | None:
        """Give a value as a number; None if it is not there, or is none."""
        match = re.match(r"\s*(\d+)", self.text(key))
        return int(match[1]) if match else None


class Tools:
    """The configurations of a project's tools."""

    def __init__(self, documents: Documents, folder: str) -> None:
        """Take a project's files.

        Args:
            documents: The files, by what they say.
            folder: The folder of its pyproject.toml, with a slash at its end; empty for the project's own.
        """
        self._documents = documents
        self._files = documents.files
        self._folders = dict.fromkeys((folder, ""))
        self._read: dict[str, tuple[Configuration, ...]] = {}

    def get(self, tool: str) -> tuple[Configuration, ...]:
        """Give what a tool is told, in its own files first."""
        if tool not in self._read:
            self._read[tool] = tuple(self._found(tool))
        return self._read[tool]

    def _found(self, tool: str) -> Iterator[Configuration]:
        for folder in self._folders:
            for name in (*_FILES.get(tool, ()), "setup.cfg", "tox.ini"):
                if f"{folder}{name}" in self._files:
                    yield from self._of_file(tool, f"{folder}{name}", name)
            toml = self._documents.toml(f"{folder}pyproject.toml")
            table = toml.table("tool", tool) if toml else {}
            if toml and table:
                yield Configuration(tool, toml.place("tool", tool, *list(table)[:1]), _flat(table), toml.text)

    def _of_file(self, tool: str, path: str, name: str) -> Iterator[Configuration]:
        if name.endswith(".toml"):
            toml = self._documents.toml(path)
            if toml is not None:
                yield Configuration(tool, Place(path), _flat(toml.data), toml.text)
            return
        import configparser  # pylint: disable=import-outside-toplevel  # when there is such a file

        parser = configparser.RawConfigParser(strict=False, allow_no_value=True)
        try:
            parser.read_string(self._files.text(path))
        except configparser.Error:
            return
        is_own = name not in {"setup.cfg", "tox.ini"}
        wanted = [section for section in parser.sections() if is_own or _is_of(tool, section, name)]
        if wanted or is_own:
            values: dict[str, Any] = {}
            for section in wanted:
                values |= _section(tool, section, dict(parser.items(section)))
            where = self._files.place(path, rf"^\[{re.escape(wanted[0])}\]") if wanted else Place(path)
            yield Configuration(tool, where, values, self._files.text(path))


def _is_of(tool: str, section: str, name: str) -> bool:
    first = re.split(r"[:.]", section)
    if tool == "pytest" and name == "setup.cfg":
        return section == "tool:pytest"
    return tool in (first[0], first[1] if len(first) > 1 and first[0] == "tool" else "") or (
        tool == "mypy" and section.startswith("mypy")
    )


def _section(tool: str, section: str, items: Mapping[str, str | None]) -> dict[str, Any]:
    """Name the values of a section, the tool's own name left out."""
    last = re.split(r"[:.]", section)[-1].lower()
    keys = {key.replace("-", "_").lower(): value for key, value in items.items()}
    prefixed = {f"{last}.{key}": value for key, value in keys.items()}
    is_whole = last in {tool, "settings", "pytest", "isort", "main", "master"} or section == tool
    return {**prefixed, **(keys if is_whole else {})}


def _flat(table: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in table.items():
        name = f"{prefix}{key}".replace("-", "_").lower()
        found[name] = value
        if isinstance(value, dict) and name.count(".") < 3:
            found |= _flat(value, f"{name}.")
    return found
