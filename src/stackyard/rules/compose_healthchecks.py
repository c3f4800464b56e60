"""Databases, caches and brokers have health checks in Compose.

A container that runs is not a server that answers: PostgreSQL takes seconds, RabbitMQ many. With a health
check, `depends_on` with `condition: service_healthy` and `docker compose up --wait` wait for it. Looked at
are services that run PostgreSQL, Redis, RabbitMQ or Kafka, not those that borrow such an image for a script;
a `HEALTHCHECK` of an image of one's own counts. Of a file there is one finding.

Standard: Docker, best practices: health checks for all services.
"""

from collections.abc import Iterator

from stackyard.project.compose import Service
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_TESTS = {
    "postgresql": "[CMD-SHELL, pg_isready -U postgres]",
    "redis": "[CMD, redis-cli, ping]",
    "rabbitmq": "[CMD, rabbitmq-diagnostics, -q, ping]",
    "kafka": "[CMD-SHELL, kafka-broker-api-versions.sh --bootstrap-server localhost:9092]",
}


@rule("compose-healthchecks", entry="docker-healthcheck")
def check(project: Project) -> Iterator[Finding]:
    bare: dict[str, dict[str, Service]] = {}
    for compose, service in project.containers.servers(*_TESTS):
        if not compose.is_test and not project.containers.is_watched(service):
            bare.setdefault(service.where.path, {}).setdefault(service.name, service)
    for services in bare.values():
        first = [*services.values()][0]
        test = f"`healthcheck: {{test: {_TESTS[project.kind(first) or 'redis']}}}`"
        yield Finding(
            first.where,
            (
                f"the services {', '.join(services)} have no health check"
                if len(services) > 1
                else f"the service {first.name} has no health check"
            ),
            f"add one to each, for {first.name} {test}" if len(services) > 1 else f"add {test}",
            names=tuple(services),
        )
