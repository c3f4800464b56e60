"""Production's services start again when they end.

Without `restart`, a server that ran out of memory once, or a machine that was started again, leaves the
service down until somebody sees it. Looked at are files whose name says production, staging or the like, and
in them databases, caches, brokers, and services of the project's code that last, by what their start scripts
run: what migrates or makes a backup ends by itself. `deploy.restart_policy` counts, and so does a
`restart: "no"` that is there on purpose. Of a file there is one finding.

Standard: Docker, for containerization and deployment (NO manual deployments).
"""

import re
from collections.abc import Iterator

from stackyard.formats.regexes import regex
from stackyard.project.compose import Service
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_LASTS = regex(r"\b(?:gunicorn|uvicorn|daphne|granian|hypercorn|uwsgi)\b|\bcelery\b.*\b(?:worker|beat)\b")


@rule("compose-restart", entry="docker-compose")
def check(project: Project) -> Iterator[Finding]:
    servers = {
        id(service) for _, service in project.containers.servers("postgresql", "redis", "rabbitmq", "kafka")
    }
    down: dict[str, list[Service]] = {}
    for compose, service in project.containers.services:
        if not compose.is_production or re.search("stack|swarm", compose.path) or _comes_back(service):
            continue
        if id(service) in servers or _lasts(project, service):
            down.setdefault(compose.path, []).append(service)
    for path, services in down.items():
        names = ", ".join(service.name for service in services)
        yield Finding(
            services[0].where,
            (
                f"the services {names} in {path} stay down once they have ended"
                if len(services) > 1
                else f"the service {names} in {path} stays down once it has ended"
            ),
            "add `restart: unless-stopped`" + (" to each" if len(services) > 1 else ""),
            names=tuple(service.name for service in services),
        )


def _lasts(project: Project, service: Service) -> bool:
    containers = project.containers
    if not containers.is_app(service):
        return False
    started = containers.started(containers.command(service), containers.dockerfile(service))
    return _LASTS.search(started) is not None


def _comes_back(service: Service) -> bool:
    deploy = service.entries.get("deploy")
    return "restart" in service.entries or (isinstance(deploy, dict) and "restart_policy" in deploy)
