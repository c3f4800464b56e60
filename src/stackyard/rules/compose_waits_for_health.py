"""The application starts when what it needs is healthy, not when that has merely been started.

With `depends_on: [db]` alone, the application meets a PostgreSQL that does not answer yet, and ends or fails
at random. Looked at are services of the application's own code that depend on a server with a health check; a
start script that waits by itself passes. Of a file there is one finding. That the server has a health check
is the matter of `compose-healthchecks`.

Standard: Docker, best practices: health checks for all services; docker-compose.yml: `depends_on`.
"""

import re
from collections.abc import Iterator

from stackyard.formats.regexes import regex
from stackyard.project.compose import Service
from stackyard.project.containers import command
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_WAITS = regex(
    r"wait|pg_isready|\bnc\b|dockerize|until\b|/dev/tcp|check --database|OperationalError", re.IGNORECASE
)


@rule("compose-waits-for-health", entry="docker-healthcheck")
def check(project: Project) -> Iterator[Finding]:
    watched = {
        (compose.path, server.name)
        for compose, server in project.containers.servers("postgresql", "redis", "rabbitmq", "kafka")
        if project.containers.is_watched(server)
    }
    early: dict[str, list[tuple[Service, list[str]]]] = {}
    for compose, service in project.containers.services:
        names = [
            name
            for name, condition in service.needs.items()
            if condition == "service_started" and (compose.path, name) in watched
        ]
        if names and project.containers.is_app(service) and not _waits(project, service):
            told = early.setdefault(service.place("depends_on").path, [])
            if all(service.name != other.name for other, _ in told):
                told.append((service, names))
    for services in early.values():
        awaited = list(dict.fromkeys(name for _, names in services for name in names))
        yield Finding(
            services[0][0].place("depends_on"),
            f"{_subject([service.name for service, _ in services])} not wait for the health of"
            f" {' and '.join(awaited)}",
            f"write `{awaited[0]}: {{condition: service_healthy}}` under `depends_on`"
            + (" of each" if len(services) > 1 else ""),
            names=tuple(service.name for service, _ in services),
        )


def _subject(names: list[str]) -> str:
    return f"the services {', '.join(names)} do" if len(names) > 1 else f"the service {names[0]} does"


def _waits(project: Project, service: Service) -> bool:
    stage, dockerfile = project.containers.stage(service), project.containers.dockerfile(service)
    words = f"{command(stage) if stage else ''} {service.command}"
    return _WAITS.search(project.containers.started(words, dockerfile)) is not None
