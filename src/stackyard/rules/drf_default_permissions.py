"""The API is closed unless a view opens it.

Django REST Framework lets everybody do everything until DEFAULT_PERMISSION_CLASSES says otherwise: a view
that is forgotten is open to the world. Looked at is REST_FRAMEWORK of production's settings; permissions of
the project's own count.

Standard: Authentication & Authorization, Permissions: Django permissions + DRF permissions.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.project.settings.values import Items
from stackyard.rule import Finding, rule

_ALLOW = "rest_framework.permissions.AllowAny"


@rule("drf-default-permissions", entry="permissions")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    rest = settings.table("REST_FRAMEWORK") if settings else None
    if settings is None or rest is None or not project.code.lists("INSTALLED_APPS", "rest_framework"):
        return
    classes = rest.get("DEFAULT_PERMISSION_CLASSES")
    if classes is None and rest.is_whole:
        yield Finding(
            settings.place("REST_FRAMEWORK"),
            "REST_FRAMEWORK has no DEFAULT_PERMISSION_CLASSES: every view is open unless it says otherwise",
            _REMEDY,
        )
    elif isinstance(classes, Items) and classes.is_whole and set(classes.texts()) <= {_ALLOW}:
        if len(classes.texts()) == len(classes.items):
            yield Finding(
                rest.place("DEFAULT_PERMISSION_CLASSES") or settings.place("REST_FRAMEWORK"),
                "DEFAULT_PERMISSION_CLASSES lets everybody in",
                _REMEDY,
            )


_REMEDY = 'set it to ["rest_framework.permissions.IsAuthenticated"], and open single views'
