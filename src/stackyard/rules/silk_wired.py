"""Django Silk, where it is installed, is turned on for developers.

It takes an app, a middleware and its addresses. All settings but those for tests are looked at, what
conditions guard as well; the addresses are those that ROOT_URLCONF leads to.

Standard: Monitoring & Logging, Performance Monitoring: Django Silk (development).
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_MIDDLEWARE = "silk.middleware.SilkyMiddleware"


@rule("silk-wired", entry="django-silk")
def check(project: Project) -> Iterator[Finding]:
    dependency = project.packages.get("django-silk")
    if dependency is None or project.settings.development is None:
        return
    missing = []
    if project.code.lists("INSTALLED_APPS", "silk", anywhere=True) is False:
        missing.append('"silk" in INSTALLED_APPS')
    if project.code.lists("MIDDLEWARE", _MIDDLEWARE, anywhere=True) is False:
        missing.append(f'"{_MIDDLEWARE}" in MIDDLEWARE')
    if not project.code.serves("silk"):
        missing.append('`path("silk/", include("silk.urls"))` among the addresses')
    if missing:
        yield Finding(
            dependency.where,
            f"Django Silk is installed, and not turned on: there is no {', and no '.join(missing)}",
            "add what is missing, for development alone; or uninstall it",
        )
