"""django-filter, where it is installed, filters.

It takes the app `django_filters`, and a use: its backend in DEFAULT_FILTER_BACKENDS of REST_FRAMEWORK or of
a view, or a FilterSet in the project's own code. Looked at are production's settings and all modules but
tests.

Standard: Common Django Packages, recommended: django-filter (filtering).
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("django-filter-wired", entry="django-filter")
def check(project: Project) -> Iterator[Finding]:
    settings, dependency = project.settings.production, project.packages.get("django-filter")
    if settings is None or dependency is None:
        return
    if project.code.uses("django_filters") is None and settings.scope.is_whole:
        yield Finding(
            dependency.where,
            "django-filter is installed, and nothing uses it",
            'name "django_filters.rest_framework.DjangoFilterBackend" in DEFAULT_FILTER_BACKENDS of'
            " REST_FRAMEWORK, or uninstall it",
        )
    elif project.code.lists("INSTALLED_APPS", "django_filters") is False:
        yield Finding(
            settings.place("INSTALLED_APPS"),
            "django-filter is installed, and INSTALLED_APPS does not have it: its templates are not found",
            'add "django_filters"',
        )
