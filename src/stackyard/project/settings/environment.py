"""Calls that read the environment, by whatever library: os, environ, environs, decouple, configurations."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from stackyard.formats.regexes import regex
from stackyard.project.settings.scope import Scope
from stackyard.project.settings.values import FromEnvironment, Function, Items, Unknown

CASTS = frozenset("bool int float str list tuple set strtobool bytes".split())
"""Functions that make a value of another kind of a text."""

_VARIABLE = regex(r"[A-Z][A-Z0-9_]*[A-Z0-9]")
_READERS = regex(
    r"env|required|getenv|config|secret|setting|decouple|param|variable|hosts|get_|from_|read", re.IGNORECASE
)
_NO_READERS = {
    "getattr",
    "hasattr",
    "gettext",
    "gettext_lazy",
    "_",
    "Path",
    "join",
    "reverse",
    "reverse_lazy",
    "timedelta",
    "crontab",
    "Queue",
}
_DEFAULTS = {"default", "fallback", "default_value"}
_ADDRESSES = ("DATABASE_URL", "CACHE_URL")
_SOURCE = 300  # characters of an expression that are kept


class Environment:
    """Takes calls for variables of the environment."""

    def __init__(self, value: Callable[[ast.expr, Scope], Any]) -> None:
        """Take what works out expressions."""
        self._value = value

    def remember_scheme(self, name: str, call: ast.Call, scope: Scope) -> None:
        """Keep the defaults of `env = environ.Env(DEBUG=(bool, False))`."""
        if (dotted(call.func) or "").rpartition(".")[2] not in {"Env", "FileAwareEnv"}:
            return
        scheme: dict[str, Any] = {}
        for keyword in call.keywords:
            value = self._value(keyword.value, scope)
            if keyword.arg and isinstance(value, Items) and len(value.items) == 2:
                scheme[keyword.arg] = value.items[1].value
        scope.schemes[name] = scheme

    def read(self, node: ast.Call, name: str, scope: Scope) -> FromEnvironment | None:
        """Take a call that is given a variable's name for one that reads it."""
        last = name.rpartition(".")[2]
        if (
            name in {"dj_database_url.config", "env.db", "env.db_url", "env.cache", "env.cache_url"}
            and not node.args
        ):
            given = next((keyword.value for keyword in node.keywords if keyword.arg == "env"), None)
            named = self._value(given, scope) if given else None
            variable = named if isinstance(named, str) else _ADDRESSES["cache" in name]
        elif node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
            variable = node.args[0].value
            is_reader = "environ" in name or (_READERS.search(name) is not None and last not in _NO_READERS)
            if not is_reader or not (_VARIABLE.fullmatch(variable) or "environ" in name or "getenv" in name):
                return None
        else:
            return None
        default = self._default(node, scope)
        scheme = scope.schemes.get(name.partition(".")[0], {})
        if default is None and variable in scheme:
            default = (scheme[variable],)
        source = source_of(node)
        return (
            FromEnvironment(source, variable)
            if default is None
            else FromEnvironment(source, variable, True, default[0])
        )

    def configured(self, node: ast.Call, scope: Scope) -> Any:
        """Take a value of django-configurations: its variable is called as the setting, if it has no name."""
        given = {keyword.arg: self._value(keyword.value, scope) for keyword in node.keywords}
        default = self._default(node, scope) or ((self._value(node.args[0], scope),) if node.args else None)
        if given.get("environ") is False and default:
            return default[0]
        name, prefix = given.get("environ_name"), given.get("environ_prefix", "DJANGO")
        variable = "_".join(part for part in (prefix, name) if isinstance(part, str)) if name else ""
        return FromEnvironment(
            source_of(node), variable, default is not None, default[0] if default else None
        )

    def _default(self, node: ast.Call, scope: Scope) -> tuple[Any] | None:
        for keyword in node.keywords:
            if keyword.arg in _DEFAULTS:
                return (self._value(keyword.value, scope),)
        place = self._place_of_default(node, scope)
        if place is None:
            return (Unknown(source_of(node)),)
        given = node.args[place] if len(node.args) > place else None
        if given is not None and not (isinstance(given, ast.Name) and given.id in CASTS):
            return (self._value(given, scope),)
        return None

    def _place_of_default(self, node: ast.Call, scope: Scope) -> int | None:
        """Tell which argument of a reader is its default: the second, or as the project's function has it.

        Returns:
            Its number; None where several may be.
        """
        function = self._value(node.func, scope) if isinstance(node.func, ast.Name) else None
        if not isinstance(function, Function):
            return 1
        names = [argument.arg for argument in function.node.args.args]
        named = [number for number, name in enumerate(names) if name in _DEFAULTS or "default" in name]
        if named:
            return named[0]
        return 1 if len(names) <= 2 else None


@lru_cache(maxsize=2048)
def source_of(node: ast.expr) -> str:
    """Write an expression as its author might have."""
    try:
        return ast.unparse(node)[:_SOURCE]
    except (RecursionError, ValueError):
        return "an expression"


def dotted(node: ast.expr) -> str | None:
    """Give the dotted name that an expression is; None if it is none."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    return ".".join([node.id, *reversed(parts)])
