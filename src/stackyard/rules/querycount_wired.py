"""django-querycount, where it is installed, counts.

It is a middleware. All settings but those for tests are looked at, what conditions guard as well.

Standard: Monitoring & Logging, Performance Monitoring: django-querycount (query monitoring).
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_MIDDLEWARE = "querycount.middleware.QueryCountMiddleware"


@rule("querycount-wired", entry="django-querycount")
def check(project: Project) -> Iterator[Finding]:
    dependency = project.packages.get("django-querycount")
    if dependency and project.code.lists("MIDDLEWARE", _MIDDLEWARE, anywhere=True) is False:
        yield Finding(
            dependency.where,
            "django-querycount is installed, and counts nothing: MIDDLEWARE does not have it",
            f'add "{_MIDDLEWARE}", for development alone; or uninstall it',
        )
