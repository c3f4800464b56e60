"""Python modules, parsed and never imported."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import warnings
from collections.abc import Iterator
from functools import cached_property
from posixpath import dirname, join, normpath
from typing import Any, TypeVar

from stackyard.formats.place import Place, Problem
from stackyard.project.files import Files, matches
from stackyard.project.literals import may_have

SIZE = 256 << 10
"""The largest module that is parsed, in characters: its tree takes a hundred times as much memory."""

_TOTAL = 4 << 20
"""So many characters of one project are parsed."""

_STRING = re.compile(r"(?P<quotes>\"{3}|'{3})(?P<text>.*?)(?P=quotes)", re.DOTALL)
_STYLES = {
    "Google": re.compile(r"^\s*(?:Args|Arguments|Returns|Yields|Raises|Attributes):\s*$", re.MULTILINE),
    "NumPy": re.compile(r"^\s*(?:Parameters|Returns|Yields|Raises)\n\s*-{4,}\s*$", re.MULTILINE),
    "Sphinx": re.compile(r"^\s*:(?:param|parameter|type|returns?|rtype|raises)\b[^:\n]*:", re.MULTILINE),
}
_STYLED = (
    "Args:",
    "Arguments:",
    "Returns",
    "Yields",
    "Raises",
    "Attributes:",
    "Parameters",
    ":param",
    ":type",
    ":r",
)
_NO_STATEMENT = {tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.NL, tokenize.ENCODING}


N = TypeVar("N", bound=ast.AST)  # pydocstyle does not know the newer way to write it


class Python:
    """The Python modules of a project.

    Attributes:
        files: The project's files.
    """

    def __init__(self, files: Files) -> None:
        """Take a project's files."""
        self.files = files
        self._trees: dict[str, ast.Module | None] = {}
        self._codes: dict[str, str] = {}
        self._nodes: dict[str, dict[type[ast.AST], list[Any]]] = {}
        self._found: dict[str, str | None] = {}
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
            self._codes[path] = _code(self.files.text(path))
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
        for path in self.paths if tests else self.own:
            # Most modules have none, and taking out comments takes a while.
            text = self.files.text(path)
            if may_have(text, pattern) and pattern.search(text):
                yield from matches(path, self.code(path), pattern)

    @cached_property
    def docstring_styles(self) -> tuple[tuple[Place, str], ...]:
        """The style of each docstring, tests aside, that describes parameters or results."""
        found = []
        for path in self.own:
            if not any(word in self.files.text(path) for word in _STYLED):
                continue
            for place, match in self.files.lines_with(path, _STRING):
                if match.string[
                    match.string.rfind("\n", 0, match.start()) + 1 : match.start()
                ].strip() not in {"", "r", "R"}:
                    continue
                style = next((name for name, sign in _STYLES.items() if sign.search(match["text"])), None)
                if style:
                    found.append((place, style))
        return tuple(found)

    def importers(self, path: str) -> Iterator[Place]:
        """Tell where others of the project's own, tests aside, import a module: its neighbours come first."""
        stem = path.removesuffix(".py").removesuffix("/__init__").rpartition("/")[2]
        word = re.compile(rf"\b{re.escape(stem)}\b")
        others = [other for other in self.own if other != path and word.search(self.files.text(other))]
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
        if node.level:
            return {self.beside(path, node.level, name) for name in (module, *inner)}
        return {self.find(name) for name in (module, *inner)}

    def tree(self, path: str) -> ast.Module | None:
        """Parse a module; None if it is none, which is among the project's problems then."""
        if path not in self._trees:
            self._trees[path] = self._parsed(path)
        return self._trees[path]

    def nodes(self, path: str, kind: type[N]) -> list[N]:
        """Give every node of a kind in a module's tree, the outermost first; none if it can't be parsed."""
        if path not in self._nodes:
            tree = self.tree(path)
            self._nodes[path] = _by_kind(tree) if tree else {}
        return self._nodes[path].get(kind, [])

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


def _by_kind(tree: ast.Module) -> dict[type[ast.AST], list[Any]]:
    """Sort what `ast.walk` gives by its kind, in half the time, without what tells reading from writing."""
    kinds: dict[type[ast.AST], list[Any]] = {}
    level: list[ast.AST] = [tree]
    while level:
        for node in level:
            kinds.setdefault(type(node), []).append(node)
        level = [child for node in level for child in _children(node)]
    return kinds


def _children(node: ast.AST) -> list[ast.AST]:
    children: list[ast.AST] = []
    for name in node._fields:
        value = getattr(node, name, None)
        if isinstance(value, list):
            children += [item for item in value if isinstance(item, ast.AST)]
        elif isinstance(value, ast.AST) and name != "ctx":
            children.append(value)
    return children


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
    except (tokenize.TokenError, SyntaxError):
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
