"""Finds what the project's own apps say of something, each in a module of one name in its own folder."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps

OWN = ("apps.", "stack.")


def modules(name: str) -> list[ModuleType]:
    """Return the module of this name of each installed app that has it; libraries have such names, too."""
    names = [f"{config.name}.{name}" for config in apps.get_app_configs() if config.name.startswith(OWN)]
    return [import_module(module) for module in names if find_spec(module)]
