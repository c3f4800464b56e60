"""What Git keeps, by its index: the file is read, Git is not run."""

from __future__ import annotations

import struct
import warnings
from pathlib import Path
from posixpath import dirname
from typing import TYPE_CHECKING

from stackyard.project.files import Files

if TYPE_CHECKING:
    import pathspec

SIZE = 32 << 20
"""The largest index that is read, in bytes."""

_FIXED = 62  # bytes of an entry before its path, the last two of which are its flags
_EXTENDED = 0x4000
_PATH = 4096  # bytes


def tracked(root: Path) -> frozenset[str] | None:
    """Give the files that Git keeps of a repository.

    The layout is that of `gitformat-index`, versions 2 to 4.

    Args:
        root: Its folder.

    Returns:
        The paths, with slashes; None if this folder is not a repository's own, or its index cannot be read.
    """
    index = root / ".git" / "index"
    try:
        if (root / ".git").is_symlink() or not index.is_file() or index.stat().st_size > SIZE:
            return None
        return frozenset(_paths(index.read_bytes()))
    except (OSError, ValueError, IndexError, struct.error):
        return None


def is_within(root: Path) -> bool:
    """Say whether a folder is part of a repository that begins further up."""
    return not (root / ".git").exists() and any((folder / ".git").exists() for folder in root.parents)


def _paths(content: bytes) -> list[str]:
    signature, version, count = struct.unpack(">4sLL", content[:12])
    if signature != b"DIRC" or version not in {2, 3, 4}:
        raise ValueError("no index of Git")
    paths: list[bytes] = []
    at, before = 12, b""
    for _ in range(count):
        (flags,) = struct.unpack(">H", content[at + _FIXED - 2 : at + _FIXED])
        start = at + _FIXED + (2 if flags & _EXTENDED else 0)
        if version == 4:
            kept, start = _number(content, start)
            end = content.index(b"\0", start)
            before = before[: len(before) - kept] + content[start:end]
            at = end + 1
        else:
            end = content.index(b"\0", start)
            before = content[start:end]
            at += (end - at + 8) // 8 * 8
        if len(before) > _PATH:
            raise ValueError("no path that a file could have")
        paths.append(before)
    return [path.decode("utf-8", errors="replace") for path in paths]


def _number(content: bytes, at: int) -> tuple[int, int]:
    """Read a number of varying width, as Git's packs have them."""
    value = content[at] & 0x7F
    while content[at] & 0x80:
        at += 1
        value = (value + 1 << 7) | (content[at] & 0x7F)
    return value, at + 1


class Gitignores:
    """What Git leaves out, by the .gitignore files of a project.

    Attributes:
        files: The project's files.
    """

    def __init__(self, files: Files) -> None:
        """Take a project's files."""
        self.files = files
        self._specs: dict[str, pathspec.GitIgnoreSpec] = {}

    def leaves_out(self, path: str) -> bool:
        """Say whether a path is left out: the deepest file decides."""
        is_ignored = False
        for ignore in self.files.matching(".gitignore"):
            folder = dirname(ignore)
            if not folder or path.startswith(f"{folder}/"):
                said = self._spec(ignore).check_file(path[len(folder) + 1 :] if folder else path).include
                is_ignored = is_ignored if said is None else said
        return is_ignored

    def _spec(self, path: str) -> pathspec.GitIgnoreSpec:
        if path not in self._specs:
            import pathspec  # pylint: disable=import-outside-toplevel  # when there is such a file

            try:
                with warnings.catch_warnings(action="ignore"):  # of a set in a set
                    self._specs[path] = pathspec.GitIgnoreSpec.from_lines(self.files.text(path).splitlines())
            except ValueError:
                self._specs[path] = pathspec.GitIgnoreSpec([])
        return self._specs[path]
