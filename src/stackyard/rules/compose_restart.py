"""Production's services start again when they end.

Without `restart`, a server that ran out of memory once, or a machine that was started again, leaves the
service down until somebody sees it. Looked at are files whose name says production, staging or the like, and
in them databases, caches, brokers, and services of the project's code that last: what migrates or makes a
backup ends by itself. `deploy.restart_policy` counts, and so does a `restart: "no"` that is there on purpose.

Standard: Docker, for containerization and deployment (NO manual deployments).
"""

import re
from collections.abc import Iterator

from stackyard.project.compose import Service
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_LASTS = re.compile(
    r"\b(?:gunicorn|uvicorn|daphne|granian|hypercorn|uwsgi)\b|\bcelery\b.*\b(?:worker|beat)\b"
)


@rule("compose-restart", entry="docker-compose")
def check(project: Project) -> Iterator[Finding]:
    servers = {
        id(service) for _, service in project.containers.servers("postgresql", "redis", "rabbitmq", "kafka")
    }
    for compose, service in project.containers.services:
        if not compose.is_production or re.search("stack|swarm", compose.path) or _comes_back(service):
            continue
        if id(service) in servers or (project.containers.is_app(service) and _LASTS.search(service.command)):
            yield Finding(
                service.where,
                f"the service {service.name} in {compose.path} stays down once it has ended",
                "add `restart: unless-stopped`",
            )


def _comes_back(service: Service) -> bool:
    deploy = service.entries.get("deploy")
    return "restart" in service.entries or (isinstance(deploy, dict) and "restart_policy" in deploy)
