"""drf-spectacular, where it is installed, serves a schema.

It takes the app, its AutoSchema, or a class on it, as DEFAULT_SCHEMA_CLASS of REST_FRAMEWORK, and an
address that leads to one of its views. Looked at are production's settings and development's addresses as
well. A project that only writes the schema to a file, by `manage.py spectacular`, needs no address.

Standard: API Layer, API Documentation: drf-spectacular (OpenAPI/Swagger).
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.project.settings.discover import Settings
from stackyard.rule import Finding, rule

_SCHEMA = "drf_spectacular.openapi.AutoSchema"


@rule("spectacular-wired", entry="drf-spectacular")
def check(project: Project) -> Iterator[Finding]:
    settings, dependency = project.settings.production, project.packages.get("drf-spectacular")
    if settings is None or dependency is None:
        return
    missing = []
    if project.code.lists("INSTALLED_APPS", "drf_spectacular") is False:
        missing.append('"drf_spectacular" in INSTALLED_APPS')
    if _lacks_schema(settings):
        missing.append(f'"{_SCHEMA}" as DEFAULT_SCHEMA_CLASS of REST_FRAMEWORK')
    if not project.code.serves("drf_spectacular.views") and not _is_written(project):
        missing.append("address of its views")
    if missing:
        yield Finding(
            dependency.where,
            f"drf-spectacular is installed, and shows nothing: there is no {', and no '.join(missing)}",
            "add what is missing; or uninstall it",
        )


def _is_written(project: Project) -> bool:
    """Say whether something that runs writes the schema to a file."""
    return any("manage.py spectacular" in line.text for line in (*project.processes, *project.ci_commands))


def _lacks_schema(settings: Settings) -> bool:
    rest = settings.table("REST_FRAMEWORK")
    name = rest.get("DEFAULT_SCHEMA_CLASS") if rest else None
    if rest is None or (name is None and not rest.is_whole) or not isinstance(name, str | None):
        return False
    return name is None or (name.startswith("rest_framework."))
