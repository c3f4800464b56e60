"""What debugs is not there in production.

django-debug-toolbar, Django Silk and their like show queries, settings and what users have sent, and slow
every request down. Looked at is what INSTALLED_APPS and MIDDLEWARE of production's settings have under no
condition; what a module for development adds, or `if DEBUG`, is not production's.

Standard: Developer Tools, Debugging: django-debug-toolbar (development); Performance Monitoring: Django
Silk (development).
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_TOOLS = {
    "debug_toolbar",
    "silk",
    "querycount",
    "nplusone",
    "django_browser_reload",
    "template_profiler_panel",
}


@rule("debug-tools-development-only", entry="settings-security")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    told: set[str] = set()
    for name in ("INSTALLED_APPS", "MIDDLEWARE") if settings else ():
        for item in settings.deployed(name).items if settings else ():
            tool = item.value.partition(".")[0] if isinstance(item.value, str) else ""
            if tool in _TOOLS - told and not item.condition:
                told.add(tool)
                yield Finding(
                    item.where,
                    f"{name} has {item.value} in production as well",
                    "add it in development's settings alone, or under `if DEBUG`",
                )
