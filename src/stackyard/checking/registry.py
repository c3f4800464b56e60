"""Which rules there are: each module of `stackyard.rules`, and those of other packages by an entry point."""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from stackyard import rules
from stackyard.errors import UserError
from stackyard.rule import Rule

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

ENTRY_POINTS = "stackyard.rules"
"""The group of the entry points: each names a rule, a module with rules, or a package of such modules."""


def read_rules() -> Mapping[str, Rule]:
    """Give every rule by its id, in alphabetical order.

    Raises:
        UserError: A rule of another package cannot be loaded, or two have one id.
    """
    found = {rule.id: rule for rule in _within(rules)}
    for point in _points():
        for rule in _loaded(point):
            if rule.id in found:
                raise UserError(
                    "Rules of different ids",
                    found=f"two of the id {rule.id}",
                    where=f"the entry point {point.name} = {point.value}",
                    remedy="Rename it.",
                )
            found[rule.id] = rule
    return dict(sorted(found.items()))


def _points() -> list[EntryPoint]:
    """Give the entry points of other packages, by their names."""
    if not any(_names_rules(Path(folder)) for folder in sys.path):
        return []
    # Loading what reads them takes a tenth of a check.
    from importlib.metadata import entry_points  # pylint: disable=import-outside-toplevel

    return sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name)


def _names_rules(folder: Path) -> bool:
    """Say whether what is installed in a folder may bring rules; of an archive, it may."""
    if not folder.is_dir():
        return folder.exists()
    return any(
        ENTRY_POINTS in path.read_text("utf-8", "replace") for path in folder.glob("*-info/entry_points.txt")
    )


def _loaded(point: EntryPoint) -> Iterator[Rule]:
    try:
        thing = point.load()
    except Exception as error:  # whatever a module of somebody else's does when it is imported
        raise UserError(
            "A module of rules",
            found=f"{type(error).__name__}: {error}",
            where=f"the entry point {point.name} = {point.value}",
            remedy="Correct that package, or uninstall it.",
        ) from error
    if isinstance(thing, Rule):
        yield thing
    elif isinstance(thing, ModuleType):
        yield from _within(thing)


def _within(module: ModuleType) -> Iterator[Rule]:
    """Give the rules of a module, and of the modules in it if it is a package."""
    yield from (thing for thing in vars(module).values() if isinstance(thing, Rule))
    for info in pkgutil.iter_modules(getattr(module, "__path__", ())):
        inner = import_module(f"{module.__name__}.{info.name}")
        yield from (thing for thing in vars(inner).values() if isinstance(thing, Rule))
