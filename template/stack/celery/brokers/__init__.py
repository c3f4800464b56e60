"""The brokers that tasks can be sent by: a module each, found by its folder."""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def brokers() -> list[ModuleType]:
    """Return the modules, in the order of their names."""
    return [import_module(module.name) for module in iter_modules(__path__, f"{__name__}.")]
