"""What the project's own modules use, by imports and dotted names, and what settings turn on of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from stackyard.formats.place import Place
from stackyard.formats.regexes import regex
from stackyard.project.addresses import Addresses
from stackyard.project.python import Python
from stackyard.project.settings.discover import AllSettings, Role

_DOTTED = regex(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
_LOADERS = {"import_module", "import_string", "include", "autodiscover_modules"}
_EXAMPLES = ("*.py.example", "*.py.sample", "*.py.dist", "*.py.template", "*.py.tmpl", "*.py-*")
_DEPTH = 12  # classes that stand on one another


class Code:
    """The uses that a project's modules make of others.

    Attributes:
        python: Its modules.
        settings: Its settings.
    """

    def __init__(self, python: Python, settings: AllSettings) -> None:
        """Take a project's modules, and its settings."""
        self.python = python
        self.settings = settings
        self._names: dict[str, list[tuple[str, int]]] = {}
        self._lineages: dict[str, frozenset[str]] = {}

    def uses(self, name: str) -> Place | None:
        """Give the first use of a module, or of what is in it, tests and migrations aside; None without one.

        Args:
            name: Its dotted name, such as `rest_framework_simplejwt.views`.

        Returns:
            The place: of a module that could not be parsed but has the name somewhere, the file.
        """
        return next(self._uses(name), None)

    def _uses(self, name: str) -> Iterator[Place]:
        """Find the first use of a module in each of the project's own."""
        texts = self.python.texts
        for part in name.split("."):
            texts = [(path, text) for path, text in texts if part in text]
        for path, _ in texts:
            if self.python.tree(path) is None:
                yield Place(path)
            lines = (line for used, line in self._used(path) if used == name or used.startswith(f"{name}."))
            yield from (Place(path, line) for line in islice(lines, 1))

    def _used(self, path: str) -> list[tuple[str, int]]:
        if path not in self._names:
            self._names[path] = sorted(self._named(path), key=lambda use: use[1])
        return self._names[path]

    def _named(self, path: str) -> Iterator[tuple[str, int]]:
        for node in self.python.nodes(path, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        for imported in self.python.nodes(path, ast.ImportFrom):
            if imported.module and not imported.level:
                yield from ((f"{imported.module}.{alias.name}", imported.lineno) for alias in imported.names)
        for constant in self.python.nodes(path, ast.Constant):
            if isinstance(constant.value, str) and _DOTTED.fullmatch(constant.value):
                yield constant.value, constant.lineno

    def _led_to(self, path: str) -> Iterator[str]:
        """Give the modules that one leads to, by imports and by dotted names in texts."""
        for used, _ in self._used(path):
            parts = used.split(".")
            for length in range(1, len(parts) + 1):
                if module := self.python.find(".".join(parts[:length])):
                    yield module
        for node in self.python.nodes(path, ast.ImportFrom):
            if node.level:
                for name in [node.module or "", *(f"{node.module or ''}.{one.name}" for one in node.names)]:
                    if module := self.python.beside(path, node.level, name.lstrip(".")):
                        yield module

    def lineage(self, name: str) -> frozenset[str]:
        """Give a class and those that it stands on, as far as the project's own modules tell.

        Args:
            name: Its dotted name.
        """
        if name not in self._lineages:
            module, _, last = name.rpartition(".")
            path = self.python.find(module) if module else None
            self._lineages[name] = frozenset({name, *(self._bases(path, last, _DEPTH) if path else ())})
        return self._lineages[name]

    def _bases(self, path: str, name: str, depth: int) -> Iterator[str]:
        tree = self.python.tree(path)
        if tree is None or depth == 0:
            return
        imported = {
            alias.asname or alias.name: (node, alias.name)
            for node in self.python.nodes(path, ast.ImportFrom)
            for alias in node.names
        }
        made = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name]
        for base in [ast.unparse(base) for node in made for base in node.bases] or [name]:
            first, dot, rest = base.partition(".")
            if first in imported:
                node, original = imported[first]
                yield from self._imported(path, node, f"{original}{dot}{rest}", depth)
            elif made:
                yield base
                yield from self._bases(path, base, depth - 1)

    def _imported(self, path: str, node: ast.ImportFrom, name: str, depth: int) -> Iterator[str]:
        """Give a class that is imported, and what it stands on."""
        dotted = f"{node.module or ''}.{name}".lstrip(".")
        yield dotted
        module, _, last = dotted.rpartition(".")
        source = self.python.source(path, node.level, module)
        if source is not None:
            yield from self._bases(source, last, depth - 1)

    def reads(self, name: str) -> bool:
        """Say whether a module reads a name, or an attribute of it, or has it as a text."""
        for path, text in self.python.texts:
            if name in text:
                if self.python.tree(path) is None or self._reads(path, name):
                    return True
        return False

    def _reads(self, path: str, name: str) -> bool:
        nodes = self.python.nodes
        return (
            any(node.id == name and isinstance(node.ctx, ast.Load) for node in nodes(path, ast.Name))
            or any(node.attr == name for node in nodes(path, ast.Attribute))
            or any(node.value == name for node in nodes(path, ast.Constant))
        )

    def is_own(self, name: str) -> bool:
        """Say whether a dotted name is of one of the project's own modules."""
        parts = name.split(".")
        return any(self.python.find(".".join(parts[:length])) for length in range(len(parts), 0, -1))

    @cached_property
    def _addresses(self) -> Addresses:
        return Addresses(self._starts, self._next)

    @property
    def _starts(self) -> list[str | None]:
        """The modules that addresses begin with, in all settings; None for one that is not told."""
        starts: list[str | None] = []
        for settings in (self.settings.production, self.settings.development):
            names = settings.possible("ROOT_URLCONF") if settings else []
            starts += [self.python.find(name) if isinstance(name, str) else None for name in names] or [None]
        return starts

    def _next(self, path: str) -> list[str] | None:
        """Give the modules that one leads to; None if there may be others, as only a run would tell."""
        has_addresses = "urlpatterns" in self.python.files.text(path)
        if self.python.tree(path) is None or (
            has_addresses and any(_is_open(node) for node in self.python.nodes(path, ast.Call))
        ):
            return None
        return list(self._led_to(path))

    def serves(self, *names: str) -> bool:
        """Say whether an address leads to some module; also where any may be led to, and one uses it.

        Args:
            names: Dotted names, such as `debug_toolbar.urls`.
        """
        users = {place.path for name in names for place in self._uses(name)}
        return bool(users) and self._addresses.lead_to(users)

    def lists(self, setting: str, name: str, *, anywhere: bool = False) -> bool | None:
        """Say whether a list among the settings has a class, or one of the project's own that stands on it.

        Args:
            setting: The list, such as MIDDLEWARE.
            name: The class by its dotted name; of INSTALLED_APPS an app, whose AppConfig counts as well.
            anywhere: Whether any settings do but those for tests, and not production's alone.

        Returns:
            Whether it has; None where only a run would tell.
        """
        if self.settings.production is None:
            return None
        if anywhere:
            found = [item.items(setting) for item in self.settings.modules if item.role is not Role.TEST]
        else:
            found = [self.settings.production.deployed(setting)]
        if any(self.stands_on(text, name) for items in found for text in items.texts()):
            return True
        if anywhere and self._is_in_example(name.partition(".")[0]):
            return None
        is_told = all(
            items.is_whole and all(isinstance(item.value, str) for item in items.items) for items in found
        )
        return False if is_told else None

    def lacking(self, app: str, middleware: str, prefix: str) -> list[str]:
        """Tell which parts of a developer's tool no settings but those for tests turn on.

        Args:
            app: The app, whose addresses are in its `urls`.
            middleware: Its middleware, by its dotted name.
            prefix: The address that it is commonly found at.

        Returns:
            The parts that are not there, as its user would write them.
        """
        missing = []
        if self.lists("INSTALLED_APPS", app, anywhere=True) is False:
            missing.append(f'"{app}" in INSTALLED_APPS')
        if self.lists("MIDDLEWARE", middleware, anywhere=True) is False:
            missing.append(f'"{middleware}" in MIDDLEWARE')
        if not self.serves(app) and not self._is_in_example(app):
            missing.append(f'`path("{prefix}/", include("{app}.urls"))` among the addresses')
        return missing

    def _is_in_example(self, name: str) -> bool:
        """Say whether what developers copy for their own settings (`local.py.example`) has a name."""
        quoted, files = re.compile(rf"[\"']{re.escape(name)}[.\"']"), self.python.files
        return any(quoted.search(files.text(path)) for path in files.matching(*_EXAMPLES))

    def stands_on(self, text: str, name: str) -> bool:
        """Say whether a dotted name is a class or app, or one of the project's own that stands on it."""
        lineage = self.lineage(text)
        return any(one == name or one.startswith(f"{name}.apps.") for one in lineage) or (
            text.rpartition(".")[2] == name.rpartition(".")[2] and self.is_own(text)
        )


def _is_open(node: ast.Call) -> bool:
    """Say whether a call loads a module whose name only a run would tell."""
    if not node.args:
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    first = node.args[0]
    if name not in _LOADERS or name == "include" and isinstance(first, ast.Tuple | ast.List):
        return False
    return isinstance(first, ast.JoinedStr | ast.BinOp) or (name != "include" and isinstance(first, ast.Name))
