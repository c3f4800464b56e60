"""The project has a model of users of its own.

Another model can't be put in the place of `auth.User` later without moving every table that points to it. A
class that only stands on AbstractUser is enough to keep the choice open.

Standard: Authentication & Authorization, User Authentication: Django built-in auth system.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.project.settings.values import UNSET
from stackyard.rule import Finding, rule


@rule("custom-user-model", entry="django-auth")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    if settings is None or not project.code.lists("INSTALLED_APPS", "django.contrib.auth"):
        return
    values = settings.values("AUTH_USER_MODEL")
    if all(value is UNSET or value == "auth.User" for value in values):
        yield Finding(
            settings.place("AUTH_USER_MODEL"),
            "users are Django's own `auth.User`",
            "make a model on AbstractUser, and name it in AUTH_USER_MODEL before the first migration",
        )
