"""The files of a folder, within bounds: what is no text file of a sane size is not opened.

A repository may be hostile: links out of it or to devices, loops, endless pipes, a gigabyte in a `.env`.
"""

from __future__ import annotations

import os
import re
import stat
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from fnmatch import translate
from functools import cached_property, lru_cache
from pathlib import Path
from posixpath import dirname

from stackyard.formats.place import Place, Problem

FILES = 30_000
"""So many files are looked at."""

DEPTH = 24
"""So many folders deep."""

SIZE = 1 << 20
"""The largest text that is read, in bytes."""

LOCK_SIZE = 8 << 20
"""The largest lock file that is read, in bytes."""

TOTAL = 32 << 20
"""So much is read of one project, in bytes."""

_SPECIAL = frozenset("*?[")
_NOT_OURS = frozenset(
    ".git .hg .svn .venv venv virtualenv node_modules bower_components site-packages __pycache__ .tox .nox"
    " .cache"
    " .mypy_cache .pytest_cache .ruff_cache .stackyard .eggs .idea .terraform htmlcov staticfiles".split()
)


class Files:
    """A folder's files, read once each.

    Attributes:
        root: The folder, absolute, symbolic links resolved.
        problems: The files that were wanted and could not be read.
        left: So much more may be read, in bytes.
    """

    def __init__(self, root: Path) -> None:
        """Take a folder."""
        self.root = root
        self._root = str(root)  # to join a path to a `Path` takes longer than to open the file
        self.problems: list[Problem] = []
        self._texts: dict[str, str] = {}
        self._matching: dict[tuple[str, ...], list[str]] = {}
        self.left = TOTAL

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Every file, relative to the folder, with slashes: the shallowest first, then by name.

        Folders of others' code and of what tools leave behind are left out, and so is what is no regular file
        of this folder.
        """
        found: list[str] = []
        waiting = deque([("", 0)])
        while waiting:
            folder, depth = waiting.popleft()
            for entry in self._entries(folder):
                path = f"{folder}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    if depth < DEPTH and entry.name not in _NOT_OURS:
                        waiting.append((f"{path}/", depth + 1))
                elif self._is_ours(entry):
                    found.append(path)
            if len(found) > FILES:
                self.problems.append(
                    Problem(Place(""), f"more than {FILES:,} files: the others were not read")
                )
                return tuple(found[:FILES])
        return tuple(found)

    def without(self, folders: Iterable[str]) -> Files:
        """Give these files but for those of some folders; what was read is not read again."""
        left_out = set(folders)
        if not left_out:
            return self
        rest = Files(self.root)
        rest.paths = tuple(path for path in self.paths if left_out.isdisjoint(above(path)))
        rest.problems = self.problems
        read = {path: text for path, text in self._texts.items() if path in rest}
        rest._texts, rest.left = read, self.left  # pylint: disable=protected-access  # of its own kind
        return rest

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(f"{self._root}/{folder}") as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self.problems.append(Problem(Place(folder.rstrip("/")), f"cannot be listed: {error.strerror}"))
            return []
        # A virtual environment, whatever it is called.
        return [] if folder and any(entry.name == "pyvenv.cfg" for entry in listed) else listed

    def _is_ours(self, entry: os.DirEntry[str]) -> bool:
        try:
            entry.name.encode()
            if not entry.is_symlink():
                return entry.is_file(follow_symlinks=False)
            target = Path(entry.path).resolve(strict=True)
            return target.is_relative_to(self.root) and target.is_file()
        except (OSError, RuntimeError, ValueError):  # gone, a loop of links, or a name that is no text
            return False

    def __contains__(self, path: str) -> bool:
        """Say whether there is such a file."""
        return path in self._set

    @cached_property
    def _set(self) -> frozenset[str]:
        return frozenset(self.paths)

    def matching(self, *patterns: str) -> list[str]:
        """Give the files of some names.

        Args:
            patterns: Of a file's name (`*compose*.yml`), or of its whole path if there is a slash in it
                (`.github/workflows/*.yml`), as a shell has them; case does not matter.
                A `*` takes slashes, too.

        Returns:
            The paths, the shallowest first.
        """
        if patterns not in self._matching:
            numbers = set().union(*(self._numbers(pattern.lower()) for pattern in patterns))
            self._matching[patterns] = [self.paths[number] for number in sorted(numbers)]
        return self._matching[patterns]

    def _numbers(self, pattern: str) -> Iterable[int]:
        """Give which of the paths have a pattern: names and ends are looked up, the rest is compared."""
        name = pattern.rpartition("/")[2]
        numbers: Sequence[int]
        if _SPECIAL.isdisjoint(name):
            numbers = self._named.get(name, ())
        elif name.startswith("*.") and _SPECIAL.isdisjoint(name[1:]) and "." not in name[2:]:
            numbers = self._ending.get(name[2:], ())
        elif name == pattern:
            has = _matcher(name)
            return [number for text, numbers in self._named.items() if has(text) for number in numbers]
        else:
            numbers = range(len(self._lower))
        if name == pattern:
            return numbers
        has = _matcher(pattern.lstrip("/"))
        return [number for number in numbers if has(self._lower[number])]

    @cached_property
    def _lower(self) -> list[str]:
        return [path.lower() for path in self.paths]

    @cached_property
    def _named(self) -> dict[str, list[int]]:
        """The paths of each name."""
        named: dict[str, list[int]] = {}
        for number, path in enumerate(self._lower):
            named.setdefault(path.rpartition("/")[2], []).append(number)
        return named

    @cached_property
    def _ending(self) -> dict[str, list[int]]:
        """The paths of each end of a name, after its last dot."""
        ending: dict[str, list[int]] = {}
        for number, path in enumerate(self._lower):
            _, dot, end = path.rpartition("/")[2].rpartition(".")
            if dot:
                ending.setdefault(end, []).append(number)
        return ending

    def text(self, path: str) -> str:
        """Read a file.

        Args:
            path: The file, relative to the folder.

        Returns:
            Its text; bytes that are no UTF-8 are replaced. Empty if it is not there, or too large: that is
            among the `problems`, then.
        """
        if path not in self._texts:
            self._texts[path] = self._read(path) if path in self else ""
        return self._texts[path]

    def _read(self, path: str) -> str:
        limit = LOCK_SIZE if path.endswith(".lock") else SIZE
        limit = min(limit, self.left)
        try:
            # Not to wait for a pipe that came in its place since it was listed.
            descriptor = os.open(f"{self._root}/{path}", os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
            try:
                status = os.fstat(descriptor)
                if not stat.S_ISREG(status.st_mode):
                    return ""
                content = os.read(descriptor, min(status.st_size, limit) + 1)
            finally:
                os.close(descriptor)
        except OSError as error:
            self.problems.append(Problem(Place(path), f"cannot be read: {error.strerror}"))
            return ""
        if len(content) > limit:
            self.problems.append(Problem(Place(path), f"larger than {limit:,} bytes: it was not read"))
            return ""
        self.left -= len(content)
        return content.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")

    def lines_with(self, path: str, pattern: re.Pattern[str]) -> Iterator[tuple[Place, re.Match[str]]]:
        """Find a pattern in a file.

        Args:
            path: The file.
            pattern: What to find, within a line or over several.

        Yields:
            Where each match begins, and the match.
        """
        yield from matches(path, self.text(path), pattern)

    def line(self, place: Place) -> str:
        """Give the text of a line, its end with it; empty if there is none."""
        lines = self.text(place.path).splitlines(keepends=True)
        return lines[place.line - 1] if 0 < place.line <= len(lines) else ""

    def place(self, path: str, pattern: str) -> Place:
        """Give the first line of a file in which a pattern is; the file as a whole, if it is in none."""
        return next(
            (place for place, _ in self.lines_with(path, re.compile(pattern, re.MULTILINE))), Place(path)
        )


def above(path: str) -> Iterator[str]:
    """Give each folder that a file is in, the nearest first and the project's own last."""
    while path:
        path = dirname(path)
        yield path


def matches(path: str, text: str, pattern: re.Pattern[str]) -> Iterator[tuple[Place, re.Match[str]]]:
    """Find a pattern in a text of a file.

    Yields:
        Where each match begins, and the match.
    """
    line, before = 1, 0
    for match in pattern.finditer(text):
        line += text.count("\n", before, match.start())
        before = match.start()
        yield Place(path, line), match


@lru_cache(maxsize=512)
def _matcher(pattern: str) -> Callable[[str], object]:
    """Make what says whether a name has a pattern: few need an expression, which takes long to make."""
    before, star, after = pattern.partition("*")
    if not _SPECIAL.isdisjoint(before + after):
        return re.compile(translate(pattern)).match
    if not star:
        return pattern.__eq__
    least = len(before) + len(after)
    return lambda name: len(name) >= least and name.startswith(before) and name.endswith(after)
