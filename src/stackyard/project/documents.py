"""Files of a project in TOML and YAML, each read once; what can't be read is among its problems."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from stackyard.formats.kept import Kept
from stackyard.formats.place import Place, Problem, UnreadableError
from stackyard.formats.regexes import regex
from stackyard.formats.tomls import Toml
from stackyard.formats.yamls import Mapping
from stackyard.project.files import SIZE, Files

_FILES = regex(r"^(?:files|wheels) = \[\n(?: .*\n)*\]\n", re.MULTILINE)  # nine tenths of a lock


def _read_yaml(text: str) -> list[Any]:
    from stackyard.formats.yaml_reader import read_yaml  # pylint: disable=import-outside-toplevel  # PyYAML

    return read_yaml(text)


_YAML = Kept(_read_yaml, 1 << 18)
T = TypeVar("T")  # pydocstyle does not know the newer way to write it


class Documents:
    """The files of a project, by what they say.

    Attributes:
        files: The project's files.
    """

    def __init__(self, files: Files) -> None:
        """Take a project's files."""
        self.files = files
        self._yaml: dict[str, Mapping | None] = {}
        self._toml: dict[str, Toml | None] = {}

    def toml(self, path: str) -> Toml | None:
        """Read a file in TOML, a lock without its packages' files; None if it is not there, or is none."""
        if path not in self._toml:
            self._toml[path] = self.read(path, partial(_read_toml, path))
        return self._toml[path]

    def yaml(self, path: str) -> Mapping | None:
        """Read the first document of a file in YAML; None if it is not there, or is no mapping."""
        if path not in self._yaml:
            documents = self.read(path, _YAML) or []
            self._yaml[path] = documents[0] if documents and isinstance(documents[0], Mapping) else None
        return self._yaml[path]

    def read(self, path: str, reader: Callable[[str], T]) -> T | None:
        """Read a file; None if it is not there, or can't be read.

        Args:
            path: The file.
            reader: Makes something of its text, or raises UnreadableError.
        """
        if path not in self.files:
            return None
        try:
            return reader(self.files.text(path))
        except UnreadableError as error:
            self.files.problems.append(Problem(Place(path, error.line), error.fact))
            return None


def _read_toml(path: str, text: str) -> Toml:
    text = _FILES.sub("", text) if path.endswith(".lock") else text
    if len(text) > SIZE:
        raise UnreadableError(f"larger than {SIZE:,} characters: it was not read")
    return Toml(path, text)
