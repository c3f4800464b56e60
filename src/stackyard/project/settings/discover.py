"""Which of a project's modules are its settings, and what each is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import replace
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from posixpath import dirname
from typing import Any

from stackyard.formats.place import Place
from stackyard.formats.regexes import regex
from stackyard.project.files import matches
from stackyard.project.literals import having
from stackyard.project.python import Python, is_test
from stackyard.project.settings.deployed import certain, in_production
from stackyard.project.settings.evaluate import STEPS, Evaluator
from stackyard.project.settings.expressions import Expressions
from stackyard.project.settings.scope import Scope, joined, listed
from stackyard.project.settings.values import (
    UNSET,
    Choice,
    Items,
    Table,
    Unknown,
    possible,
)

_NAMED = regex(r"DJANGO_SETTINGS_MODULE[\"']?\s*[,=:]\s*(?:value:\s*)?[\"']?(?P<name>[A-Za-z_][\w.]*)")
_DEFAULT = regex(r"DJANGO_SETTINGS_MODULE[\"'](?:\s*,|\]\s*=)\s*[\"'](?P<name>[\w.]+)[\"']")
_NAMING = (
    "manage.py", "wsgi.py", "asgi.py", "celery.py", "celery_app.py", "pyproject.toml", "pytest.ini",
    "setup.cfg", "tox.ini", "Dockerfile*", "*compose*.y*ml", ".env*", "Procfile", "*.env", ".envs/*",
    "app.yaml", ".github/workflows/*.y*ml",
)  # fmt: skip
_SIGN = regex(r"^\s*(?:INSTALLED_APPS|ROOT_URLCONF)\b\s*(?::[^=\n]+)?\+?=|^from split_settings", re.MULTILINE)
_STAR = regex(r"^from[ \t]+(?P<dots>\.*)(?P<name>[\w.]*)[ \t]+import[ \t]+\*", re.MULTILINE)
_DEVELOPERS = frozenset({"dev", "develop", "development", "local"})
_ESSENTIAL = {"INSTALLED_APPS", "ROOT_URLCONF"}
_ROLES = {
    "test": regex(r"(?:^|[^a-z])(?:tests?|testing|ci|pytest)(?:[^a-z]|$)", re.IGNORECASE),
    "production": regex(
        r"(?:^|[^a-z])(?:prod|production|live|deploy\w*|stag|staging|heroku|release)(?:[^a-z]|$)",
        re.IGNORECASE,
    ),
    "development": regex(
        r"(?:^|[^a-z])(?:dev|develop|development|local|debug|docker)(?:[^a-z]|$)", re.IGNORECASE
    ),
}


class Role(StrEnum):
    """What a settings module is for."""

    BASE = "base"
    PRODUCTION = "production"
    DEVELOPMENT = "development"
    TEST = "test"


@dataclass(frozen=True)
class Settings:
    """A settings module, or a class of django-configurations.

    Attributes:
        path: The file.
        name: What tells it from others: the module's name, or the class'.
        role: What it is for.
        scope: Its names.
    """

    path: str
    name: str
    role: Role
    scope: Scope

    def __contains__(self, name: str) -> bool:
        """Say whether it sets something."""
        return name in self.scope.names

    def value(self, name: str) -> Any:
        """Give what a setting is worth; None if it is not set."""
        binding = self.scope.names.get(name)
        return binding.value if binding else None

    def place(self, name: str) -> Place:
        """Tell where a setting was last set; the file, if it is not."""
        binding = self.scope.names.get(name)
        return binding.where if binding else Place(self.path)

    def possible(self, name: str) -> list[Any]:
        """Give every value that a setting may have: of a choice each, of a variable its default as well."""
        return list(possible(self.value(name))) if name in self else []

    def items(self, name: str) -> Items:
        """Give a list among the settings: an empty one that is whole, if it is not set."""
        return listed(self.value(name)) if name in self else Items()

    def values(self, name: str) -> list[Any]:
        """Give every value that a setting may have in production: UNSET stands for Django's default.

        Conditions such as `DEBUG` or `ENVIRONMENT == "production"` decide; of others, all options are given.
        """
        is_told = self.scope.is_whole or name in self.scope.kept
        unset = UNSET if is_told else Unknown("another module's")
        if name not in self:
            return [unset]
        value = self.value(name)
        options = certain(value) if isinstance(value, Choice) else (("", in_production(value)),)
        is_set = any(not condition for condition, _ in options) or (
            isinstance(value, Choice) and value.is_whole
        )
        return [*([] if is_set else [unset]), *(option for _, option in options)]

    def deployed(self, name: str) -> Items:
        """Give a list as production has it; one that is not whole, where only a run would tell."""
        values = [Items() if value is UNSET else listed(value) for value in self.values(name)]
        found = values[0]
        for value in values[1:]:
            found = replace(joined(found, value), is_ordered=False)
        return found

    def table(self, name: str) -> Table | None:
        """Give a dictionary among the settings as production has it; None where only a run would tell."""
        values = [Table() if value is UNSET else value for value in self.values(name)]
        return values[0] if len(values) == 1 and isinstance(values[0], Table) else None


class AllSettings:
    """The settings modules of a project."""

    def __init__(self, python: Python) -> None:
        """Take a project's modules."""
        self._python = python
        self._files = python.files
        self._expressions = Expressions(STEPS)

    @cached_property
    def modules(self) -> tuple[Settings, ...]:
        """All of them, those for tests too: what is named by manage.py and the like comes first."""
        found: list[Settings] = []
        included: set[str] = set()
        for path in self._candidates:
            # A process for each: what one module changes in a list of another, a third does not see.
            evaluator = Evaluator(self._python, self._expressions)
            scope = evaluator.module(path)
            included |= evaluator.included
            classes = _classes(scope)
            if evaluator.is_chosen:
                name = path.removesuffix(".py").removesuffix("/__init__")
                found.append(Settings(path, name, Role.PRODUCTION, scope))
                aside = Evaluator(self._python, self._expressions, _DEVELOPERS)
                other = aside.module(path)
                included |= aside.included
                if aside.is_chosen:
                    found.append(Settings(path, f"{name} for development", Role.DEVELOPMENT, other))
                continue
            for name, inner in classes.items():
                found.append(Settings(path, name, _role(name), inner))
            if not classes and _ESSENTIAL & scope.names.keys():
                name = path.removesuffix(".py").removesuffix("/__init__")
                found.append(Settings(path, name, _role("/".join(name.split("/")[-2:])), scope))
        return tuple(item for item in found if item.path not in included)

    @cached_property
    def named(self) -> dict[str, str]:
        """The module of settings that each file names: the first one of it."""
        named: dict[str, str] = {}
        for path in self._files.matching(*_NAMING):
            for _, match in self._names_in(path, _NAMED):
                module = self._python.find(match["name"])
                if module is not None:
                    named.setdefault(path, module)
        return named

    def _names_in(self, path: str, pattern: re.Pattern[str]) -> Iterator[tuple[Place, re.Match[str]]]:
        """Find where a file names settings: of a module, comments are left out."""
        if path.endswith(".py"):
            return matches(path, self._python.code(path), pattern)
        return self._files.lines_with(path, pattern)

    @cached_property
    def missing(self) -> dict[Place, str]:
        """What manage.py, wsgi.py or asgi.py name as settings and is not there, by the line that does so."""
        return {
            where: match["name"]
            for path in self._files.matching("manage.py", "wsgi.py", "asgi.py")
            for where, match in self._names_in(path, _DEFAULT)
            if self._python.find(match["name"]) is None
        }

    @cached_property
    def defaults(self) -> dict[Place, Settings]:
        """The settings that a wsgi.py or asgi.py names, by the line that does so."""
        found: dict[Place, Settings] = {}
        for path in self._files.matching("wsgi.py", "asgi.py"):
            for where, match in self._names_in(path, _NAMED):
                module = self._python.find(match["name"])
                named = [settings for settings in self.modules if settings.path == module]
                if len(named) == 1:
                    found[where] = named[0]
        return found

    def _may_set(self, path: str) -> bool:
        text = self._files.text(path)
        return any(word in text for word in ("import *", "INSTALLED_APPS", "ROOT_URLCONF", "Configuration"))

    @cached_property
    def _candidates(self) -> list[str]:
        named = list(dict.fromkeys(self.named.values()))
        signed = [
            path for path in having(self._python.texts, _SIGN) if path not in named and not is_test(path)
        ]
        folders = {
            dirname(path) for path in [*named, *signed] if re.search(r"(?:settings|config)/?$", dirname(path))
        }
        # In a folder such as config/, most modules are something else.
        beside = [
            path
            for path in self._python.paths
            if dirname(path) in folders and (dirname(path).endswith("settings") or self._may_set(path))
        ]
        found = dict.fromkeys([*named, *signed, *beside])
        waiting = list(self._over)
        while more := [path for path in waiting if self._over[path] & found.keys()]:
            found |= dict.fromkeys(more)
            waiting = [path for path in waiting if path not in found]
        return list(found)

    @cached_property
    def _over(self) -> dict[str, set[str | None]]:
        """The modules that stand over others, each with those that it takes all names of."""
        found: dict[str, set[str | None]] = {}
        for path, text in self._python.texts:
            for match in _STAR.finditer(text) if "import *" in text else ():
                dots, name = match["dots"], match["name"]
                found.setdefault(path, set()).add(self._python.source(path, len(dots), name))
        return found

    @cached_property
    def production(self) -> Settings | None:
        """Those that a deployment runs on; of a project with one module, that; None without any."""
        return self._of(Role.PRODUCTION, ("wsgi.py", "asgi.py"))

    @cached_property
    def development(self) -> Settings | None:
        """Those that a developer runs on; of a project with one module, that; None without any."""
        return self._of(Role.DEVELOPMENT, ("manage.py",))

    def _of(self, role: Role, naming: tuple[str, ...]) -> Settings | None:
        """Choose those of a role: those of it, or else the base, or else others."""
        named = {module for path, module in self.named.items() if path.endswith(naming)}
        wanted = [settings for settings in self.modules if settings.role is role]
        other = {Role.PRODUCTION: Role.DEVELOPMENT, Role.DEVELOPMENT: Role.PRODUCTION}[role]
        rest = [settings for settings in self.modules if settings.role is Role.BASE]
        if role is Role.DEVELOPMENT:  # nobody runs on what only others stand on
            rest = [settings for settings in rest if not self._is_only_taken(settings.path)]
        last = [settings for settings in self.modules if settings.role is other]
        if self.missing and not named and not wanted:
            return None  # there are some, and they are not among these
        named_at_all = [settings for settings in self.modules if settings.path in self.named.values()]
        for group in (wanted, rest, last, named_at_all):
            for settings in sorted(group, key=lambda settings: settings.path not in named):
                return settings
        return None

    def _is_only_taken(self, path: str) -> bool:
        return path not in self.named.values() and any(
            path in self._over.get(settings.path, ()) and settings.role is not Role.TEST
            for settings in self.modules
        )


def _classes(scope: Scope) -> dict[str, Scope]:
    if _ESSENTIAL & scope.names.keys():
        return {}  # what a class has of these it sees in the module around it
    return {
        name: binding.value
        for name, binding in scope.names.items()
        if isinstance(binding.value, Scope)
        and binding.value.path == scope.path
        and binding.value is not scope
        and _ESSENTIAL & binding.value.names.keys()
    }


def _role(name: str) -> Role:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).replace("_", "/")
    return next((Role(role) for role, pattern in _ROLES.items() if pattern.search(spaced)), Role.BASE)
