"""Finds what the apps say of events, in modules of one name."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps


@cache
def load(module: str) -> None:
    """Import a module of each of the project's own apps that has it: libraries have such names, too.

    Once a process: the relay asks for the apps' consumers before each window.
    """
    for config in apps.get_app_configs():
        if config.name.startswith("apps.") and find_spec(f"{config.name}.{module}"):
            import_module(f"{config.name}.{module}")
