"""The hooks of pre-commit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from stackyard.formats.place import Line, Place
from stackyard.formats.yamls import Mapping


class Hook(NamedTuple):
    """A hook.

    Attributes:
        id: Its id.
        command: What it runs: its entry, or its id where another repository has that, and its arguments.
    """

    id: str
    command: Line


def read_hooks(path: str, content: Mapping) -> Iterator[Hook]:
    """Read the configuration of pre-commit.

    Args:
        path: The file.
        content: What it says.
    """
    for repo in _tables(content.get("repos")):
        for hook in _tables(repo.get("hooks")):
            name, args = hook.get("id"), hook.get("args")
            if isinstance(name, str):
                words = [str(hook.get("entry") or name), *map(str, args if isinstance(args, list) else ())]
                yield Hook(name, Line(" ".join(words), Place(path, hook.lines.get("id", 0))))


def _tables(entries: object) -> Iterator[Mapping]:
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, Mapping):
            yield entry
