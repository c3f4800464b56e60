"""django-extensions, where it is installed, is an app.

Its commands, such as `shell_plus`, are there only if INSTALLED_APPS has `django_extensions`. All settings
but those for tests are looked at, what conditions guard as well. A project whose own code imports it has a
use for it.

Standard: Developer Tools, Debugging: django-extensions (shell_plus, runserver_plus).
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("django-extensions-wired", entry="django-extensions")
def check(project: Project) -> Iterator[Finding]:
    dependency = project.packages.get("django-extensions")
    if dependency is None or project.code.uses("django_extensions"):
        return
    if project.code.lists("INSTALLED_APPS", "django_extensions", anywhere=True) is False:
        yield Finding(
            dependency.where,
            "django-extensions is installed, and its commands are not there: INSTALLED_APPS does not have it",
            'add "django_extensions", for development alone; or uninstall it',
        )
