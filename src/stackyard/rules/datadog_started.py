"""Datadog's tracer is started.

ddtrace has to patch libraries before they are imported: the process is started by `ddtrace-run`, or its entry
point imports `ddtrace.auto` or calls `patch_all`.

Flagged is a project that installs ddtrace, or that gives a service which it builds the tracer's variables
(`DD_TRACE_…`, `DD_SERVICE`), while no command that it runs, wherever it says so, and no code, tests and
comments aside, starts the tracer. An agent alone, which also collects logs and machines' numbers, is left
alone.

Standard: Monitoring & Logging: New Relic or Datadog.
"""

from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("datadog-started", entry="datadog")
def check(project: Project) -> Iterator[Finding]:
    package = project.packages.deployed("ddtrace")
    where = package.where if package else _variables(project)
    if where is None or not project.processes or project.imported("ddtrace"):
        return
    if project.process(r"ddtrace-run|admission\.datadoghq\.com"):
        return
    yield Finding(
        where,
        "Datadog's tracer is configured, and nothing starts it",
        "install ddtrace, and start the server by `ddtrace-run` or import `ddtrace.auto` first",
    )


def _variables(project: Project) -> Place | None:
    for service in project.services:
        if service.build and any(
            name == "DD_SERVICE" or name.startswith("DD_TRACE_") for name in service.environment
        ):
            return service.place("environment")
    return None
