"""Python modules, parsed and never imported."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import warnings
from collections.abc import Iterator
from functools import cache, cached_property
from posixpath import dirname, join, normpath
from typing import Any, TypeVar, get_args

from stackyard.formats.kept import Kept
from stackyard.formats.place import Place, Problem
from stackyard.formats.regexes import regex
from stackyard.project.files import Files, matches
from stackyard.project.literals import having

SIZE = 256 << 10
"""The largest module that is parsed, in characters: its tree takes a hundred times as much memory."""

TOTAL = 4 << 20
"""So many characters of one project are parsed."""

_STRING = regex(r"(?P<quotes>\"{3}|'{3})(?P<text>.*?)(?P=quotes)", re.DOTALL)
_NO_EXPRESSION = (ast.expr_context, ast.operator, ast.boolop, ast.unaryop, ast.cmpop)
_NO_STATEMENT = {tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.NL, tokenize.ENCODING}


N = TypeVar("N", bound=ast.AST)  # pydocstyle does not know the newer way to write it


class Python:
    """The Python modules of a project.

    Attributes:
        files: The project's files.
        left: So much more may be parsed, in characters.
    """

    def __init__(self, files: Files) -> None:
        """Take a project's files."""
        self.files = files
        self._trees: dict[str, _Tree | None] = {}
        self._codes: dict[str, str] = {}
        self._found: dict[str, str | None] = {}
        self.left = TOTAL

    @cached_property
    def paths(self) -> list[str]:
        """Every module, the shallowest first."""
        return self.files.matching("*.py")

    @cached_property
    def own(self) -> list[str]:
        """The modules that make up the project: no tests, no migrations."""
        return [path for path in self.paths if not is_test(path) and "/migrations/" not in f"/{path}"]

    @cached_property
    def texts(self) -> list[tuple[str, str]]:
        """Those, each before its text."""
        return [(path, self.files.text(path)) for path in self.own]

    @cached_property
    def all_texts(self) -> list[tuple[str, str]]:
        """Every module, before its text."""
        return [(path, self.files.text(path)) for path in self.paths]

    @cached_property
    def roots(self) -> list[str]:
        """The folders that modules are imported from: those of a manage.py, `src`, the project's own."""
        roots = [dirname(path) for path in self.files.matching("manage.py")]
        roots += [join(dirname(path), "src") for path in self.files.matching("pyproject.toml", "setup.py")]
        roots += [dirname(path) for path in self.files.matching("pyproject.toml", "setup.py")]
        return list(dict.fromkeys([*roots, "src", "apps", ""]))

    def find(self, name: str) -> str | None:
        """Give the file of a module by its dotted name; None if it is not the project's own."""
        if name not in self._found:
            parts = name.split(".")
            is_name = all(part.isidentifier() for part in parts)
            places = (self._module(join(root, *parts)) for root in (self.roots if is_name else ()))
            self._found[name] = next((path for path in places if path), None)
        return self._found[name]

    def source(self, path: str, level: int, name: str) -> str | None:
        """Give the file of an import, relative or not; None if it is not the project's own.

        Args:
            path: The module that imports.
            level: The number of dots.
            name: What is after them; may be empty, if there are any.
        """
        return self.beside(path, level, name) if level else self.find(name)

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

    def code(self, path: str) -> str:
        """Give the text of a module without its comments and docstrings; each line stays in its place."""
        if path not in self._codes:
            self._codes[path] = _CODES(self.files.text(path))
        return self._codes[path]

    def find_all(
        self, pattern: re.Pattern[str], *, tests: bool = False
    ) -> Iterator[tuple[Place, re.Match[str]]]:
        """Find a pattern in the project's own code, comments and docstrings left out.

        Args:
            pattern: What to find.
            tests: Whether tests and migrations are looked at, too.

        Yields:
            Where each match begins, and the match.
        """
        # Most modules have none, and taking out comments takes a while.
        for path in having(self.all_texts if tests else self.texts, pattern):
            yield from matches(path, self.code(path), pattern)

    def docstrings(self, sign: re.Pattern[str]) -> Iterator[Place]:
        """Tell where docstrings have a pattern in them, tests aside."""
        for path in having(self.texts, sign):
            text = self.files.text(path)
            for place, match in matches(path, text, _STRING):
                before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
                if before.strip() in {"", "r", "R"} and sign.search(match["text"]):
                    yield place

    def importers(self, path: str) -> Iterator[Place]:
        """Tell where others of the project's own, tests aside, import a module: its neighbours come first."""
        stem = path.removesuffix(".py").removesuffix("/__init__").rpartition("/")[2]
        word = re.compile(rf"\b{re.escape(stem)}\b")
        others = [other for other in having(self.texts, word) if other != path]
        for other in sorted(others, key=lambda other: dirname(other) != dirname(path)):
            imports: list[ast.Import | ast.ImportFrom] = [*self.nodes(other, ast.Import)]
            imports += self.nodes(other, ast.ImportFrom)
            yield from (Place(other, node.lineno) for node in imports if path in self._imported(other, node))

    def _imported(self, path: str, node: ast.Import | ast.ImportFrom) -> set[str | None]:
        names = [alias.name for alias in node.names]
        if isinstance(node, ast.Import):
            return {self.find(name) for name in names}
        module = node.module or ""
        inner = [f"{module}.{name}".lstrip(".") for name in names if name != "*"]
        return {self.source(path, node.level, name) for name in (module, *inner)}

    def tree(self, path: str) -> ast.Module | None:
        """Parse a module; None if it is none, which is among the project's problems then."""
        tree = self._tree(path)
        return tree.module if tree else None

    def nodes(self, path: str, kind: type[N]) -> list[N]:
        """Give every node of a kind in a module's tree, the outermost first; none if it can't be parsed."""
        tree = self._tree(path)
        return tree.by_kind.get(kind, []) if tree else []

    def _tree(self, path: str) -> _Tree | None:
        if path not in self._trees:
            self._trees[path] = self._parsed(path)
        return self._trees[path]

    def _parsed(self, path: str) -> _Tree | None:
        text = self.files.text(path)
        if len(text) > min(SIZE, self.left):
            self.files.problems.append(
                Problem(Place(path), f"larger than {SIZE:,} characters: it was not parsed")
            )
            return None
        self.left -= len(text)
        try:
            return _TREES(text)
        except SyntaxError as error:
            self.files.problems.append(Problem(Place(path, error.lineno or 0), f"not Python: {error.msg}"))
        except (ValueError, RecursionError, MemoryError, OverflowError) as error:
            self.files.problems.append(
                Problem(Place(path), f"not Python that can be read: {error or 'nested too deep'}")
            )
        return None


class _Tree:
    """A module's tree."""

    def __init__(self, text: str) -> None:
        with warnings.catch_warnings(action="ignore"):  # of its escapes, say
            self.module = ast.parse(text)

    @cached_property
    def by_kind(self) -> dict[type[ast.AST], list[Any]]:
        """Every node, by its kind."""
        return _by_kind(self.module)


def _by_kind(tree: ast.Module) -> dict[type[ast.AST], list[Any]]:
    """Sort what `ast.walk` gives by its kind, in a third of the time, without operators and contexts."""
    kinds: dict[type[ast.AST], list[Any]] = {}
    level: list[ast.AST] = [tree]
    while level:
        below: list[ast.AST] = []
        for node in level:
            kind = type(node)
            kinds.setdefault(kind, []).append(node)
            for name in _fields(kind):  # type: ignore[arg-type]  # mypy takes a class for its instance here
                value = getattr(node, name)
                if isinstance(value, list):
                    below += [item for item in value if isinstance(item, ast.AST)]
                elif value is not None:
                    below.append(value)
        level = below
    return kinds


@cache
def _fields(kind: type[ast.AST]) -> tuple[str, ...]:
    """Give the fields of a kind of nodes that hold nodes."""
    types = kind._field_types  # pylint: disable=protected-access  # it is in the documentation of `ast`
    return tuple(name for name, of in types.items() if _holds_nodes(of))


def _holds_nodes(annotation: Any) -> bool:
    if isinstance(annotation, type):
        return issubclass(annotation, ast.AST) and not issubclass(annotation, _NO_EXPRESSION)
    return any(map(_holds_nodes, get_args(annotation)))


def _code(text: str) -> str:
    """Blank comments and docstrings; of what is no Python, nothing."""
    lines = text.split("\n")
    before = tokenize.NEWLINE
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT or (
                token.type == tokenize.STRING and before in _NO_STATEMENT and _ends(lines, token)
            ):
                _blank(lines, token)
            if token.type not in {tokenize.COMMENT, tokenize.NL}:
                before = token.type
    except (tokenize.TokenError, SyntaxError, SystemError):  # the last of a null byte, in CPython 3.13
        return text
    return "\n".join(lines)


def _ends(lines: list[str], token: tokenize.TokenInfo) -> bool:
    """Say whether a string is all of its statement."""
    row, column = token.end
    return (
        not lines[row - 1][column:].split("#")[0].strip()
        and not lines[token.start[0] - 1][: token.start[1]].strip()
    )


def _blank(lines: list[str], token: tokenize.TokenInfo) -> None:
    (first, start), (last, end) = token.start, token.end
    for row in range(first, last + 1):
        line = lines[row - 1]
        left, right = start if row == first else 0, end if row == last else len(line)
        lines[row - 1] = f"{line[:left]}{' ' * (right - left)}{line[right:]}"


_KEPT = 1 << 20  # characters
_TREES = Kept(_Tree, _KEPT)
_CODES = Kept(_code, _KEPT)


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
