"""Databases, caches and brokers have health checks in Compose.

A container that runs is not a server that answers: PostgreSQL takes seconds, RabbitMQ many. With a health
check, `depends_on` with `condition: service_healthy` and `docker compose up --wait` wait for it. Looked at
are services that run PostgreSQL, Redis, RabbitMQ or Kafka, not those that borrow such an image for a script;
a `HEALTHCHECK` of an image of one's own counts.

Standard: Docker, best practices: health checks for all services.
"""

from collections.abc import Iterator

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
    for compose, service in project.containers.servers(*_TESTS):
        if not compose.is_test and not project.containers.is_watched(service):
            yield Finding(
                service.where,
                f"the service {service.name} has no health check",
                f"add `healthcheck: {{test: {_TESTS[project.kind(service) or 'redis']}}}`",
            )
