"""Reading TOML, and telling the line of an entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import tomli  # as tomllib, and compiled: a lock takes a third of the time

from stackyard.formats.kept import Kept
from stackyard.formats.place import Place, UnreadableError
from stackyard.formats.regexes import regex

_HEADER = regex(r"^\s*\[{1,2}\s*(?P<keys>[^\[\]#]+?)\s*\]{1,2}\s*(?:#.*)?$")
_PART = regex(r"[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*'")
_KEY = regex(rf"^\s*(?P<keys>(?:{_PART.pattern})(?:\s*\.\s*(?:{_PART.pattern}))*)\s*=")
_PARTS = 200  # of one key
_DEEP = regex(rf"(?<![\w-])(?:[\w-]++\s*+\.\s*+){{{_PARTS}}}")
_LINE = 500  # characters: a longer one has no header that anybody wrote


class Toml:
    """A file in TOML.

    Attributes:
        path: The file, relative to the project's folder.
        text: Its text.
        data: What it says; empty where there is no such file, or it is no TOML.
    """

    def __init__(self, path: str, text: str) -> None:
        """Read it.

        Raises:
            UnreadableError: It is no TOML.
        """
        self.path = path
        self.text = text
        self.data = _LOADED(text)

    def get(self, *keys: str) -> Any:
        """Give an entry; None if there is none."""
        value: Any = self.data
        for key in keys:
            if not isinstance(value, dict) or key not in value:
                return None
            value = value[key]
        return value

    def table(self, *keys: str) -> dict[str, Any]:
        """Give a table; an empty one if there is none, or something else is there."""
        value = self.get(*keys)
        return value if isinstance(value, dict) else {}

    def texts(self, *keys: str) -> list[str]:
        """Give the texts of a list; none if there is no list."""
        value = self.get(*keys)
        return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []

    def place(self, *keys: str) -> Place:
        """Tell where an entry stands, or else the nearest table around it."""
        for length in range(len(keys), 0, -1):
            if keys[:length] in self._lines:
                return Place(self.path, self._lines[keys[:length]])
        return Place(self.path)

    def item(self, text: str, *keys: str) -> Place:
        """Tell where a text of a list stands, or else the list."""
        start = self.place(*keys)
        for number, line in enumerate(self._texts[max(start.line - 1, 0) :], start=max(start.line, 1)):
            if f'"{text}"' in line or f"'{text}'" in line:
                return Place(self.path, number)
        return start

    @cached_property
    def _texts(self) -> list[str]:
        return self.text.splitlines()

    @cached_property
    def _lines(self) -> dict[tuple[str, ...], int]:
        lines: dict[tuple[str, ...], int] = {}
        for number, keys in _entries(self.text):
            lines.setdefault(keys, number)
        return lines


def _entries(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Find headers and keys by their lines: what stands in a text of several lines may be among them."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > _LINE:
            continue
        if match := _HEADER.match(line):
            table = _parts(match["keys"])
            yield number, table
        elif match := _KEY.match(line):
            yield number, (*table, *_parts(match["keys"]))


def _parts(keys: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(keys))


def _load(text: str) -> dict[str, Any]:
    lines = (line for line in text.split("\n") if len(line) >= 2 * _PARTS)
    if any(map(_DEEP.search, lines)):  # which takes tomli the square of its parts
        raise UnreadableError("not TOML that can be read: nested too deep")
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise UnreadableError(f"not TOML: {error}", int(line[1]) if line else 0) from error
    except RecursionError as error:
        raise UnreadableError("not TOML that can be read: nested too deep") from error


_LOADED = Kept(_load, 1 << 19)
