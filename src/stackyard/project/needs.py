"""Which technologies a project has a use for, as far as its code and settings tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from stackyard.formats.regexes import regex
from stackyard.project.literals import having
from stackyard.project.packages import Packages
from stackyard.project.python import Python
from stackyard.project.settings.discover import AllSettings
from stackyard.project.settings.values import texts_in


class Needs(NamedTuple):
    """What a project has a use for.

    Attributes:
        packages: Its packages.
        python: Its Python modules.
        settings: Its settings.
        hooks: The ids of the hooks of pre-commit.
    """

    packages: Packages
    python: Python
    settings: AllSettings
    hooks: Collection[str]

    def want(self, technology: str) -> bool:
        """Say whether there is a use for a technology; of one that every project wants, there is."""
        condition = _CONDITIONS.get(technology)
        return condition is None or condition(self)

    def sets(self, name: str) -> bool:
        """Say whether any settings set something."""
        return any(name in settings for settings in self.settings.modules)

    def words(self, *names: str) -> str:
        """Give all texts of some settings, whatever they are for, a line each."""
        values = (settings.value(name) for settings in self.settings.modules for name in names)
        return "\n".join(text for value in values for text in texts_in(value))

    def mentions(self, pattern: str) -> bool:
        """Say whether a pattern is in the project's own code."""
        return next(having(self.python.texts, regex(pattern, re.MULTILINE)), None) is not None


def _tokens(needs: Needs) -> bool:
    words = needs.words("REST_FRAMEWORK", "INSTALLED_APPS")
    classes = re.findall(r"^[\w.]+Authentication$", words, re.MULTILINE)
    is_for_pages = bool(classes) and all(name.endswith("SessionAuthentication") for name in classes)
    others = re.search(r"authtoken|\bTokenAuthentication|OIDC|OAuth|Knox|JWT|Bearer|Firebase|Cognito", words)
    return not is_for_pages and others is None


def _postgresql(needs: Needs) -> bool:
    words = needs.words("DATABASES").lower()
    return "postg" in words or not re.search(r"sqlite|mysql|oracle|mssql|mongo", words)


def _django_redis(needs: Needs) -> bool:
    words = needs.words("CACHES")
    return "redis" in words.lower() and "django.core.cache.backends.redis" not in words


def _whitenoise(needs: Needs) -> bool:
    words = needs.words("STORAGES", "STATICFILES_STORAGE")
    return re.search(r"s3|boto|gcloud|azure|cloudfront", words, re.IGNORECASE) is None


_CONDITIONS: Mapping[str, Callable[[Needs], bool]] = {
    "celery": lambda needs: not needs.sets("TASKS"),  # Django's own framework of tasks
    "django-csp": lambda needs: not needs.sets("SECURE_CSP"),  # Django's own, from 6.0 on
    "django-redis": _django_redis,
    "django-storages": lambda needs: needs.mentions(r"\bmodels\.(?:File|Image)Field\("),
    "gunicorn": lambda needs: not needs.packages.has("uvicorn"),
    "pillow": lambda needs: needs.mentions(r"\bmodels\.ImageField\("),
    "pre-commit": lambda needs: not needs.hooks,
    "psycopg2-binary": _postgresql,
    "python-dateutil": lambda needs: needs.mentions(r"^\s*(?:import|from) dateutil\b"),
    "simplejwt": _tokens,
    "uvicorn": lambda needs: not needs.packages.has("daphne", "hypercorn", "granian")
    and (needs.packages.has("channels") or needs.sets("ASGI_APPLICATION")),
    "whitenoise": _whitenoise,
}
"""What makes a technology of use to a project, where not every project has that."""
