"""Which packages of the standard a project lacks, or has too old."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from packaging.version import Version

from stackyard.formats.place import Place
from stackyard.project.packages import Dependency, Packages, lowest, parse_version
from stackyard.project.python import Python
from stackyard.project.settings.discover import AllSettings
from stackyard.project.settings.values import texts_in
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
# A package that others bring along, where no lock tells.
_BROUGHT_BY = {"faker": {"factory-boy"}, "python-dateutil": {"celery"}, "coverage": {"pytest-cov"}}
# A technology that is of no use without another one.
_NEEDS = {"simplejwt": "drf", "drf-spectacular": "drf", "django-filter": "drf", "django-cors-headers": "drf"}
_ASIDE = re.compile(r"(?:^|/)(?:docs?|examples?|tests?|fixtures|sandbox|demo)/", re.IGNORECASE)
_EXACT = re.compile(r"={2,3}\s*(?P<version>[\w.!+-]+)$")


@dataclass(frozen=True, slots=True)
class Outdated:
    """A technology that is older than the standard wants.

    Attributes:
        technology: The technology.
        package: The package that brings it.
        version: Its version.
        is_locked: Whether that one is locked or pinned; else it is the oldest that may be installed.
        where: Where it is asked for, or locked.
    """

    technology: Technology
    package: str
    version: Version
    is_locked: bool
    where: Place


@dataclass(frozen=True)
class Stack:
    """A project's packages beside those of the standard.

    Attributes:
        standard: The standard.
        packages: The packages.
        python: The Python modules.
        settings: The settings.
        hooks: The ids of the hooks of pre-commit, which bring their tools along.
        answers: What Stackyard made the project of; empty for one that others made.
    """

    standard: Standard
    packages: Packages
    python: Python
    settings: AllSettings
    hooks: Collection[str]
    answers: Mapping[str, Any]

    @cached_property
    def is_known(self) -> bool:
        """Whether it can be told at all what is installed."""
        if self.packages.locked:
            return True
        asked = bool(self.packages.dependencies or self.packages.elsewhere)
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

        Left out are those that the project has no use for, those that something of the standard stands in for,
        and all of them where it cannot be told what is installed.
        """
        if not self.is_known:
            return []
        lacking = [
            technology
            for technology in self.standard.technologies.values()
            if technology.level is level and technology.packages and not self._has(technology)
        ]
        return [
            technology
            for technology in lacking
            if self._is_wanted(technology)
            # Who gets pytest-cov, gets coverage as well.
            and not any(set(other.packages) < set(technology.packages) for other in lacking)
        ]

    def outdated(self, level: Level) -> Iterator[Outdated]:
        """Find the technologies of a level that are, or may be, older than the standard wants."""
        for technology in self.standard.technologies.values():
            if technology.level is level and technology.minimum:
                package = next((name for name in technology.packages if self.packages.has(name)), None)
                found = self._version(package) if package else None
                if package and found and found[0] < Version(technology.minimum):
                    yield Outdated(technology, package, *found, self._place(package))

    def _has(self, technology: Technology) -> bool:
        if self.packages.has(*technology.packages) or technology.id in self.hooks:
            return True
        brought = {other for name in technology.packages for other in _BROUGHT_BY.get(name, ())}
        if not self.packages.locked and brought and self.packages.has(*brought):
            return True
        others = (self.standard.technologies[name] for name in technology.alternatives)
        return any(other.packages and self.packages.has(*other.packages) for other in others)

    def _is_wanted(self, technology: Technology) -> bool:
        """Say whether the project has a use for a technology, as far as its files tell."""
        if self.is_declined(technology.id):
            return False
        needed = self.standard.technologies.get(_NEEDS.get(technology.id, ""))
        if needed and not self._has(needed):
            return False
        condition = _CONDITIONS.get(technology.id)
        return condition is None or condition(self)

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

    def _place(self, package: str) -> Place:
        asked = self._asked(package)
        if asked:
            return asked[0].where
        return self.packages.files.place(self.packages.lock_path or "", rf'^name = "{re.escape(package)}"')

    def _asked(self, package: str) -> list[Dependency]:
        asked = [*self.packages.dependencies, *self.packages.elsewhere]
        return [item for item in asked if item.name == package and not _ASIDE.search(item.where.path)]

    # What settings and models say

    def _sets(self, name: str) -> bool:
        return any(name in settings for settings in self.settings.modules)

    def _words(self, *names: str) -> str:
        """Give all texts of some settings, whatever they are for, a line each."""
        values = (settings.value(name) for settings in self.settings.modules for name in names)
        return "\n".join(text for value in values for text in texts_in(value))

    def _mentions(self, pattern: str) -> bool:
        compiled = re.compile(pattern, re.MULTILINE)
        return any(compiled.search(self.packages.files.text(path)) for path in self.python.own)

    def _wants_tokens(self) -> bool:
        words = self._words("REST_FRAMEWORK", "INSTALLED_APPS")
        classes = re.findall(r"^[\w.]+Authentication$", words, re.MULTILINE)
        is_for_pages = bool(classes) and all(name.endswith("SessionAuthentication") for name in classes)
        return not is_for_pages and re.search(r"authtoken|\bTokenAuthentication", words) is None

    def _wants_postgresql(self) -> bool:
        words = self._words("DATABASES").lower()
        return "postg" in words or not re.search(r"sqlite|mysql|oracle|mssql|mongo", words)

    def _wants_django_redis(self) -> bool:
        words = self._words("CACHES")
        return "redis" in words.lower() and "django.core.cache.backends.redis" not in words

    def _wants_whitenoise(self) -> bool:
        return (
            re.search(r"(?i)s3|boto|gcloud|azure|cloudfront", self._words("STORAGES", "STATICFILES_STORAGE"))
            is None
        )


_CONDITIONS: Mapping[str, Callable[[Stack], bool]] = {
    "celery": lambda stack: not stack._sets("TASKS"),  # Django's own framework of tasks
    "django-csp": lambda stack: not stack._sets("SECURE_CSP"),  # Django's own, from 6.0 on
    "django-redis": Stack._wants_django_redis,
    "django-storages": lambda stack: stack._mentions(r"\bmodels\.(?:File|Image)Field\("),
    "gunicorn": lambda stack: not stack.packages.has("uvicorn"),
    "pillow": lambda stack: stack._mentions(r"\bmodels\.ImageField\("),
    "pre-commit": lambda stack: not stack.hooks,
    "psycopg2-binary": Stack._wants_postgresql,
    "python-dateutil": lambda stack: stack._mentions(r"^\s*(?:import|from) dateutil\b"),
    "simplejwt": Stack._wants_tokens,
    "uvicorn": lambda stack: stack.packages.has("channels") or stack._sets("ASGI_APPLICATION"),
    "whitenoise": Stack._wants_whitenoise,
}
"""What a project must have for a technology to be of use to it, where not every project has that."""
