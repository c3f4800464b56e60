"""django-debug-toolbar, where it is installed, is turned on for developers.

It takes an app, a middleware and its addresses: without any of them there is no toolbar, or an error. All
settings but those for tests are looked at, what conditions guard as well; the addresses are those that
ROOT_URLCONF leads to.

Standard: Developer Tools, Debugging: django-debug-toolbar (development).
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_MIDDLEWARE = "debug_toolbar.middleware.DebugToolbarMiddleware"


@rule("debug-toolbar-wired", entry="django-debug-toolbar")
def check(project: Project) -> Iterator[Finding]:
    dependency = project.packages.get("django-debug-toolbar")
    if dependency is None or project.settings.development is None:
        return
    if missing := project.code.lacking("debug_toolbar", _MIDDLEWARE, "__debug__"):
        yield Finding(
            dependency.where,
            f"django-debug-toolbar is installed, and not turned on: there is no {', and no '.join(missing)}",
            "add what is missing, for development alone; or uninstall it",
        )
