"""Logging is configured.

Django's default writes errors to nowhere once DEBUG is off, but for mails to ADMINS. Looked at is LOGGING
of production's settings; a configuration by `logging.config`, structlog or loguru in the project's own code
counts.

Standard: Monitoring & Logging, Logging: Python logging module (Django configured).
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.project.settings.values import UNSET, Table
from stackyard.rule import Finding, rule

_LIBRARIES = ("structlog", "loguru", "django_structlog", "logging.config", "logging.basicConfig")


@rule("logging-configured", entry="logging")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    is_empty = settings is not None and all(
        value is UNSET or (isinstance(value, Table) and value.is_whole and not value.entries)
        for value in settings.values("LOGGING")
    )
    if settings is None or not is_empty or any(project.code.uses(name) for name in _LIBRARIES):
        return
    if not project.mentions(r"^\s*logging\.(?:config\.)?(?:basicConfig|dictConfig|fileConfig)\("):
        yield Finding(
            settings.place("LOGGING"),
            "LOGGING is not set: in production, what Django logs goes nowhere but into mails to ADMINS",
            "set it: a handler that writes to the standard error, at the root",
        )
