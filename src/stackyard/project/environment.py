"""The environment variables that a project's code reads, as far as their names are written out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from stackyard.formats.place import Place
from stackyard.formats.regexes import regex
from stackyard.project.literals import having
from stackyard.project.python import Python

_WORTH = regex(r"environs?\b|getenv|env\b|Env\b|decouple|config\(")
_NAME = regex(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")
_LIBRARIES = {"environ", "environs", "decouple", "prettyconf", "goodconf", "starlette.config", "envparse"}
_DIRECT = regex(r"os\.(?:environ\.get|getenv|environ\.__getitem__)|\w+\.ENVIRON\.get")
_WRITES = {"read_env", "read_envfile", "prefixed", "setdefault", "update", "pop"}
_MAKES = regex(r"\b(?:Env|FileAwareEnv|Config|AutoConfig)\(")
_ROUNDS = 4  # readers that call one another


class Environment:
    """What a project's own code, tests aside, reads of the environment.

    Attributes:
        python: Its modules.
    """

    def __init__(self, python: Python) -> None:
        """Take a project's modules."""
        self.python = python

    @cached_property
    def reads(self) -> dict[str, Place]:
        """The variables that are read by names written out, and where each is first read."""
        found: dict[str, Place] = {}
        for path in self._worth:
            names = self._readers_in(path)
            for node in (*self.python.nodes(path, ast.Call), *self.python.nodes(path, ast.Subscript)):
                key = _key(node, names)
                if (
                    isinstance(key, ast.Constant)
                    and isinstance(key.value, str)
                    and _NAME.fullmatch(key.value)
                ):
                    found.setdefault(key.value, Place(path, getattr(node, "lineno", 0)))
        return found

    @cached_property
    def is_whole(self) -> bool:
        """Whether these are all: no name is put together, or left to a library to find."""
        by_prefix = re.compile(
            r"environ(?:\.get)?[\[(]\s*f[\"']|getenv\(\s*f[\"']|prefixed\(|env_prefix|BaseSettings"
            r"|in (?:os\.)?environ\b"
            r"|environ\.(?:items|keys|copy)\(|\*\*(?:os\.)?environ|Dynaconf\b|values\.\w*Value\("
            r"|envvar_prefix"
        )
        return next(self.python.find_all(by_prefix), None) is None

    @cached_property
    def _worth(self) -> list[str]:
        """The modules that may read one."""
        likely = set(self._likely)
        named = "|".join(sorted(self._readers))
        likely |= set(having(self.python.texts, re.compile(rf"\b(?:{named})\("))) if named else set()
        return [path for path in self.python.own if path in likely]

    @cached_property
    def _likely(self) -> list[str]:
        """The modules that name what reads variables."""
        return list(having(self.python.texts, _WORTH))

    @cached_property
    def _readers(self) -> set[str]:
        """The project's own functions that read the variable that they are given the name of."""
        functions = [
            (function, self._libraries_in(path), self._reads_in(path, function))
            for path in self._likely
            if (tree := self.python.tree(path))
            for function in tree.body
            if isinstance(function, ast.FunctionDef) and function.args.args
        ]
        readers: set[str] = set()
        for _ in range(_ROUNDS):
            before = len(readers)
            readers |= {
                function.name
                for function, names, reads in functions
                if _passes_on(function, reads, names | readers)
            }
            if len(readers) == before:
                break
        return readers

    def _reads_in(self, path: str, function: ast.FunctionDef) -> list[ast.AST]:
        """Give the nodes of a function that may read a variable."""
        first, last = function.lineno, function.end_lineno or function.lineno
        nodes = (*self.python.nodes(path, ast.Call), *self.python.nodes(path, ast.Subscript))
        return [node for node in nodes if first <= node.lineno <= last]

    @cached_property
    def _made(self) -> dict[str, set[str]]:
        """The names that stand for a library's reader in each module that makes one."""
        return {path: self._libraries_in(path) for path in having(self.python.texts, _MAKES)}

    def _is_made(self, path: str, node: ast.ImportFrom, name: str) -> bool:
        """Say whether what is imported is a reader that another module of the project has made."""
        return name in self._made.get(self._source(path, node) or "", ())

    def _source(self, path: str, node: ast.ImportFrom) -> str | None:
        """Give the module of the project that is imported from; None for others' modules."""
        return self.python.source(path, node.level, node.module or "")

    def _readers_in(self, path: str) -> set[str]:
        """Give the names that read variables in a module, those that its star imports bring among them."""
        names: set[str] = set()
        seen, waiting = {path}, [path]
        while waiting:
            module = waiting.pop()
            stars = {self._source(module, node) for node in self._stars(module)}
            names |= self._named_in(module) | ({"env"} if stars else set())
            more = {source for source in stars if source is not None} - seen
            seen |= more
            waiting += more
        return names

    def _stars(self, path: str) -> Iterator[ast.ImportFrom]:
        """Give the star imports at the level of a module."""
        tree = self.python.tree(path)
        for node in tree.body if tree else ():
            if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
                yield node

    def _named_in(self, path: str) -> set[str]:
        """Give the names that read variables in a module, those of star imports aside."""
        tree = self.python.tree(path)
        own = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)} if tree else set()
        imported = {
            alias.asname or alias.name
            for node in self.python.nodes(path, ast.ImportFrom)
            for alias in node.names
            if alias.name in self._readers
            or (alias.name in {"env", "ENV"} and not _is_library(node))
            or self._is_made(path, node, alias.name)
        }
        return own & self._readers | imported | self._libraries_in(path)

    def _libraries_in(self, path: str) -> set[str]:
        """Give the names that stand for a library's reader in a module, such as `env = environ.Env()`."""
        names: set[str] = set()
        for node in (*self.python.nodes(path, ast.ImportFrom), *self.python.nodes(path, ast.Assign)):
            if isinstance(node, ast.ImportFrom) and (_is_library(node) or node.module == "starlette.config"):
                names |= {
                    alias.asname or alias.name
                    for alias in node.names
                    if alias.name in {"config", "env", "getenv"}
                }
            elif isinstance(node, ast.ImportFrom) and node.module == "os":
                names |= {
                    alias.asname or alias.name for alias in node.names if alias.name in {"getenv", "environ"}
                }
            elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
                maker = _dotted(node.value.func).rpartition(".")[2]
                if maker in {"Env", "FileAwareEnv", "Config", "AutoConfig"}:
                    names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        return names


def _is_library(node: ast.ImportFrom) -> bool:
    return (node.module or "").split(".")[0] in _LIBRARIES


def _key(node: ast.AST, readers: set[str]) -> ast.expr | None:
    """Give what names the variable that an expression reads; None if it reads none."""
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        is_read = _dotted(node.value) in {"os.environ", *({"environ"} & readers)}
        return node.slice if is_read else None
    if (
        not isinstance(node, ast.Call)
        or not node.args
        or not isinstance(node.func, (ast.Name, ast.Attribute))
    ):
        return None
    if isinstance(node.func, ast.Name):
        return node.args[0] if node.func.id in readers else None
    if node.func.attr in _WRITES:
        return None
    holder = node.func.value
    if isinstance(holder, ast.Name) and holder.id in readers:
        return node.args[0]
    return node.args[0] if _DIRECT.fullmatch(_dotted(node.func)) else None


def _passes_on(function: ast.FunctionDef, reads: Iterable[ast.AST], readers: set[str]) -> bool:
    """Say whether a function reads the variable that its first parameter names."""
    name = function.args.args[0].arg
    keys = (_key(node, readers) for node in reads)
    return any(isinstance(key, ast.Name) and key.id == name for key in keys)


def _dotted(node: ast.expr) -> str:
    """Write a name with its dots; nothing for what is none."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""
