"""Python modules, parsed and never imported."""

from __future__ import annotations

import ast
import warnings
from functools import cached_property
from posixpath import dirname, join, normpath

from stackyard.formats.place import Place, Problem
from stackyard.project.files import Files

SIZE = 256 << 10
"""The largest module that is parsed, in characters: its tree takes a hundred times as much memory."""

_TOTAL = 4 << 20
"""So many characters of one project are parsed."""


class Python:
    """The Python modules of a project.

    Attributes:
        files: The project's files.
    """

    def __init__(self, files: Files) -> None:
        """Take a project's files."""
        self.files = files
        self._trees: dict[str, ast.Module | None] = {}
        self._left = _TOTAL

    @cached_property
    def paths(self) -> list[str]:
        """Every module, the shallowest first."""
        return self.files.matching("*.py")

    @cached_property
    def own(self) -> list[str]:
        """The modules that make up the project: no tests, no migrations."""
        return [path for path in self.paths if not is_test(path) and "/migrations/" not in f"/{path}"]

    @cached_property
    def roots(self) -> list[str]:
        """The folders that modules are imported from: those with a manage.py, `src` folders, the project's own."""
        roots = [dirname(path) for path in self.files.matching("manage.py")]
        roots += [join(dirname(path), "src") for path in self.files.matching("pyproject.toml", "setup.py")]
        roots += [dirname(path) for path in self.files.matching("pyproject.toml", "setup.py")]
        return list(dict.fromkeys([*roots, "src", "apps", ""]))

    def find(self, name: str) -> str | None:
        """Give the file of a module by its dotted name; None if it is not the project's own."""
        if not all(part.isidentifier() for part in name.split(".")):
            return None
        return next(
            (path for root in self.roots if (path := self._module(join(root, *name.split("."))))), None
        )

    def beside(self, path: str, level: int, name: str) -> str | None:
        """Give the file of a relative import.

        Args:
            path: The module that imports.
            level: The number of dots.
            name: What is after them; may be empty.
        """
        folder = dirname(path)
        for _ in range(level - 1):
            folder = dirname(folder)
        return self._module(normpath(join(folder, *name.split("."))) if name else folder)

    def _module(self, stem: str) -> str | None:
        return next((path for path in (f"{stem}.py", join(stem, "__init__.py")) if path in self.files), None)

    def tree(self, path: str) -> ast.Module | None:
        """Parse a module; None if it is none, which is among the project's problems then."""
        if path not in self._trees:
            self._trees[path] = self._parsed(path)
        return self._trees[path]

    def _parsed(self, path: str) -> ast.Module | None:
        text = self.files.text(path)
        if len(text) > min(SIZE, self._left):
            self.files.problems.append(
                Problem(Place(path), f"larger than {SIZE:,} characters: it was not parsed")
            )
            return None
        self._left -= len(text)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of its escapes, say
                return ast.parse(text)
        except SyntaxError as error:
            self.files.problems.append(Problem(Place(path, error.lineno or 0), f"not Python: {error.msg}"))
        except (ValueError, RecursionError, MemoryError, OverflowError) as error:
            self.files.problems.append(
                Problem(Place(path), f"not Python that can be read: {error or 'nested too deep'}")
            )
        return None


def is_test(path: str) -> bool:
    """Say whether a module is a test, or helps them."""
    parts = path.lower().split("/")
    name = parts[-1].removesuffix(".py")
    return (
        bool({"tests", "test", "testing"} & set(parts[:-1]))
        or name.startswith(("test_", "conftest"))
        or name in {"tests", "factories"}
        or name.endswith("_test")
    )
