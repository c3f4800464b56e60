"""Passwords are checked when they are set.

Without AUTH_PASSWORD_VALIDATORS, `1` is a password. Looked at are production's settings, where Django's
users are installed; a list of the project's own validators counts.

Standard: Authentication & Authorization, User Authentication: Django built-in auth system.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.project.settings.values import UNSET, Items
from stackyard.rule import Finding, rule


@rule("password-validators", entry="django-auth")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    values = settings.values("AUTH_PASSWORD_VALIDATORS") if settings else []
    is_empty = all(
        value is UNSET or (isinstance(value, Items) and value.is_whole and not value.items)
        for value in values
    )
    if settings and is_empty and project.code.lists("INSTALLED_APPS", "django.contrib.auth"):
        state = "not set" if "AUTH_PASSWORD_VALIDATORS" not in settings else "empty"
        yield Finding(
            settings.place("AUTH_PASSWORD_VALIDATORS"),
            f"AUTH_PASSWORD_VALIDATORS is {state}: any password will do",
            "list the validators of django.contrib.auth.password_validation that `startproject` lists",
        )
