"""The API counts requests, and refuses too many.

Without limits a password can be tried as fast as the server answers. DEFAULT_THROTTLE_CLASSES of
REST_FRAMEWORK do it, with a rate for each in DEFAULT_THROTTLE_RATES; so do `throttle_classes` of views, and
django-ratelimit. Of the classes of Django REST Framework itself the rates are looked at; the project's own
may have theirs elsewhere. What counts needs a cache that all processes share: a project without a package
for Redis is not looked at.

Standard: Security, Rate Limiting: django-ratelimit or DRF throttling.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.project.settings.values import Items, Table
from stackyard.rule import Finding, rule

_KINDS = {
    "rest_framework.throttling.AnonRateThrottle": "anon",
    "rest_framework.throttling.UserRateThrottle": "user",
}

_OF_VIEWS = r"^\s+throttle_classes\b[^=\n]*=\s*[\[(]\s*\w|^\s*@throttle_classes\("


@rule("drf-throttling-wired", entry="drf-throttling")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    rest = settings.table("REST_FRAMEWORK") if settings else None
    has_counter = project.packages.has("django-redis", "redis")
    if settings is None or rest is None or not has_counter:
        return
    if not project.code.lists("INSTALLED_APPS", "rest_framework"):
        return
    classes = rest.get("DEFAULT_THROTTLE_CLASSES")
    if classes is None or (isinstance(classes, Items) and classes.is_whole and not classes.items):
        if rest.is_whole and not _is_elsewhere(project):
            yield Finding(
                rest.place("DEFAULT_THROTTLE_CLASSES") or settings.place("REST_FRAMEWORK"),
                "nothing limits how many requests the API takes: there are no DEFAULT_THROTTLE_CLASSES",
                "add AnonRateThrottle and UserRateThrottle to REST_FRAMEWORK, and DEFAULT_THROTTLE_RATES",
            )
        return
    rates = rest.get("DEFAULT_THROTTLE_RATES")
    is_told = rates is None or (isinstance(rates, Table) and rates.is_whole)
    for item in classes.items if isinstance(classes, Items) and is_told and rest.is_whole else ():
        kind = _KINDS.get(str(item.value))
        if kind and (rates is None or kind not in rates.entries):
            yield Finding(
                item.where,
                f"{item.value.rpartition('.')[2]} has no rate: every request fails",
                f'add "{kind}" to DEFAULT_THROTTLE_RATES, such as "100/min"',
            )


def _is_elsewhere(project: Project) -> bool:
    libraries = ("django_ratelimit", "ratelimit", "axes")
    return bool(project.mentions(_OF_VIEWS)) or any(project.code.uses(name) for name in libraries)
