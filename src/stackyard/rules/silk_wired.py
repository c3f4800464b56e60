"""Django Silk, where it is installed, is turned on for developers.

It takes an app, a middleware and its addresses. All settings but those for tests are looked at, what
conditions guard as well; the addresses are those that ROOT_URLCONF leads to.

Standard: Monitoring & Logging, Performance Monitoring: Django Silk (development).
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("silk-wired", entry="django-silk")
def check(project: Project) -> Iterator[Finding]:
    dependency = project.packages.get("django-silk")
    if dependency is None or project.settings.development is None:
        return
    if missing := project.code.lacking("silk", "silk.middleware.SilkyMiddleware", "silk"):
        yield Finding(
            dependency.where,
            f"Django Silk is installed, and not turned on: there is no {', and no '.join(missing)}",
            "add what is missing, for development alone; or uninstall it",
        )
