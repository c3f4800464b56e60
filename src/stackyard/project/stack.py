"""Which packages of the standard a project lacks, or has too old."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from packaging.version import Version

from stackyard.formats.place import Place
from stackyard.formats.regexes import regex
from stackyard.project.needs import Needs
from stackyard.project.packages import Dependency, Packages, lowest, parse_version
from stackyard.standard.reader import Level, Standard, Technology

# What a project of `stackyard new` was asked, and the answer that brings a technology.
_ANSWERS = {
    "celery": ("broker", ""), "redis": ("redis", ""), "django-redis": ("redis", ""),
    "simplejwt": ("jwt", ""),
    "pillow": ("pictures", ""), "sentry": ("monitoring", "sentry"),
    "opentelemetry": ("monitoring", "opentelemetry"),
    "prometheus": ("monitoring", "prometheus"), "django-storages": ("cloud", ""),
    "channels": ("realtime", ""), "outbox": ("events", ""), "kafka": ("streaming", ""),
    "python-dateutil": ("shop", ""),
}  # fmt: skip
# A package that others bring along.
_BROUGHT_BY = {
    "faker": {"factory-boy"},
    "python-dateutil": {"celery"},
    "coverage": {"pytest-cov"},
    "flake8": {"wemake-python-styleguide"},
    "pylint": {"prospector", "pylint-django"},
    "djangorestframework": {"wagtail", "dj-rest-auth"},
    "django-filter": {"wagtail"},
    "pillow": {"wagtail", "easy-thumbnails", "django-imagekit", "sorl-thumbnail"},
}
# A technology that is of no use without another one.
_NEEDS = {"simplejwt": "drf", "drf-spectacular": "drf", "django-filter": "drf", "django-cors-headers": "drf"}
_ASIDE = regex(r"(?:^|/)(?:docs?|examples?|tests?|fixtures|sandbox|demo)/", re.IGNORECASE)
_OF_DJANGO = regex(r"django|drf-|wagtail|mezzanine")
_TOOLS = {"django-silk", "django-querycount", "ipython"}  # beside those of whole sections
_BELOW = regex(r"<\s*(?P<version>\d[\w.]*)")
_EXACT = regex(r"={2,3}\s*(?P<version>[\w.!+-]+)$")


class Outdated(NamedTuple):
    """A technology that is older than the standard wants.

    Attributes:
        technology: The technology.
        package: The package that brings it.
        version: Its version.
        is_locked: Whether that one is locked or pinned; else it is the oldest that may be installed.
        where: Where it is asked for, or locked.
        is_below: Whether any version that may be installed is older than that.
    """

    technology: Technology
    package: str
    version: Version
    is_locked: bool
    where: Place
    is_below: bool = False

    def __str__(self) -> str:
        """Say how old it is, and how old it may be."""
        state = "is" if self.is_locked else "has to be older than" if self.is_below else "may be as old as"
        return f"{self.package} {state} {self.version}; the standard wants {self.technology.minimum}+"


@dataclass(frozen=True)
class Stack:
    """A project's packages beside those of the standard.

    Attributes:
        standard: The standard.
        packages: The packages.
        needs: What its code and settings have a use for.
        hooks: The ids of the hooks of pre-commit, which bring their tools along.
        answers: What Stackyard made the project of; empty for one that others made.
    """

    standard: Standard
    packages: Packages
    needs: Needs
    hooks: Collection[str]
    answers: Mapping[str, Any]

    @cached_property
    def is_known(self) -> bool:
        """Whether it can be told at all what is installed."""
        if self.packages.locked:
            return True
        asked = any(
            _OF_DJANGO.match(item.name) for item in (*self.packages.dependencies, *self.packages.elsewhere)
        )  # a list without any of these is another program's
        others = (
            "setup.py",
            "setup.cfg",
            "environment.y*ml",
            "uv.lock",
            "pdm.lock",
            "Pipfile.lock",
            "pixi.toml",
        )
        return (
            asked
            and self.packages.is_whole
            and not any(self._names_packages(path) for path in self.packages.files.matching(*others))
        )

    def _names_packages(self, path: str) -> bool:
        text = self.packages.files.text(path)
        return not path.endswith(("setup.py", "setup.cfg")) or "install_requires" in text

    @property
    def has_ruff(self) -> bool:
        """Whether ruff formats or checks."""
        return self.packages.has("ruff") or any(name.startswith("ruff") for name in self.hooks)

    def missing(self, level: Level) -> list[Technology]:
        """Give the technologies of a level that packages bring, and that no package does.

        Left out are those that the project has no use for, those that something of the standard stands in
        for, and all of them where it cannot be told what is installed.
        """
        if not self.is_known:
            return []
        absent = [
            technology
            for technology in self.standard.technologies.values()
            if technology.level is level and technology.packages and not self._has(technology)
        ]
        to_come = {name for technology in absent for name in technology.packages}
        return [
            technology
            for technology in absent
            if self._is_wanted(technology) and not _bringers(technology) & to_come
        ]

    def together(self, missing: list[Technology]) -> list[list[Technology]]:
        """Put technologies together that make one finding: all of them, where Poetry is missing first."""
        whole = missing and not self.packages.is_poetry
        return [missing] if whole else [[technology] for technology in missing]

    def outdated(self, level: Level) -> Iterator[Outdated]:
        """Find the technologies of a level that are, or may be, older than the standard wants."""
        for technology in self.standard.technologies.values():
            if technology.level is level and technology.minimum:
                package = next((name for name in technology.packages if self.packages.has(name)), None)
                found = self._version(package) if package else None
                end = self._end(package) if package and found is None else None
                if package and end and end <= Version(technology.minimum):
                    yield Outdated(technology, package, end, False, self._place(package), is_below=True)
                if package and found and found[0] < Version(technology.minimum):
                    yield Outdated(technology, package, *found, self._place(package))

    def _has(self, technology: Technology) -> bool:
        is_brought = not self.packages.locked and self.packages.has(*_bringers(technology))
        return is_brought or self._is_asked_for(technology)

    def _is_asked_for(self, technology: Technology) -> bool:
        if self.packages.has(*technology.packages) or technology.id in self.hooks:
            return True
        others = (self.standard.technologies[name] for name in technology.alternatives)
        return any(other.packages and self.packages.has(*other.packages) for other in others)

    def _is_wanted(self, technology: Technology) -> bool:
        """Say whether the project has a use for a technology, as far as its files tell."""
        if self.is_declined(technology.id):
            return False
        needed = self.standard.technologies.get(_NEEDS.get(technology.id, ""))
        return (needed is None or self._is_asked_for(needed)) and self.needs.want(technology.id)

    def is_declined(self, technology: str) -> bool:
        """Say whether Stackyard made the project without a technology, by the answers that are kept in it."""
        question, wanted = _ANSWERS.get(technology, ("", ""))
        if question not in self.answers:
            return False
        answer = self.answers[question]
        return wanted not in answer if isinstance(answer, list) else answer in {False, None, "none", "false"}

    def _version(self, package: str) -> tuple[Version, bool] | None:
        """Tell a package's version, and whether that is the one: else, it is the oldest that is asked for."""
        if package in self.packages.locked:
            return self.packages.locked[package], True
        asked = self._asked(package)
        exact = [match["version"] for item in asked if (match := _EXACT.match(item.constraint))]
        pinned = [version for text in exact if (version := parse_version(text))]
        if pinned:
            return max(pinned), True
        oldest = [version for item in asked if (version := lowest(item.constraint))]
        return (oldest[0], False) if oldest else None

    def _end(self, package: str) -> Version | None:
        """Tell the version that a package has to be older than; None without such a bound."""
        ends = [
            match["version"] for item in self._asked(package) if (match := _BELOW.search(item.constraint))
        ]
        return max(map(parse_version, ends), key=lambda end: end or Version("0"), default=None)

    def _place(self, package: str) -> Place:
        asked = self._asked(package)
        if asked:
            return asked[0].where
        return self.packages.files.place(self.packages.lock_path or "", rf'^name = "{re.escape(package)}"')

    def _asked(self, package: str) -> list[Dependency]:
        asked = [*self.packages.dependencies, *self.packages.elsewhere]
        return [item for item in asked if item.name == package and not _ASIDE.search(item.where.path)]


def _bringers(technology: Technology) -> set[str]:
    """Give the packages of others that bring a technology along."""
    return {other for name in technology.packages for other in _BROUGHT_BY.get(name, ())}


def lacking(items: list[Technology], *, others: bool = True) -> str:
    """Say that technologies are not there.

    Args:
        items: The technologies, at least one.
        others: Whether to say, of a single one, which other packages would do.
    """
    if len(items) > 1:
        return f"{', '.join(item.name for item in items[:-1])} and {items[-1].name} are not installed"
    rest = items[0].packages[1:] if others else ()
    return f"{items[0].name} is not installed" + (f", nor another of {', '.join(rest)}" if rest else "")


def additions(items: list[Technology]) -> str:
    """Give the commands that add technologies: those of production, and those of development."""
    tools = [item for item in items if item.section in {"quality", "developer"} or item.id in _TOOLS]
    commands = {
        "poetry add": [item.packages[0] for item in items if item not in tools],
        "poetry add --group dev": [item.packages[0] for item in tools],
    }
    return " and ".join(f"`{command} {' '.join(names)}`" for command, names in commands.items() if names)
