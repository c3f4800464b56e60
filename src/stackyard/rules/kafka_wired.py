"""Kafka's client is used: something sends to it, or takes from it.

A client that is installed and not used is a dependency to be kept up to date for nothing; often the consumer
was never written, or was moved to another service.

Flagged is a project that installs a client of Kafka (those that the standard names) while no code, tests and
comments aside, imports one. A server in Compose is not asked for: Kafka is often another team's.

Standard: Event-Driven Architecture: Streaming: Apache Kafka (django-kafka).
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_USES = (
    r"^\s*(?:from|import)\s+(?:confluent_kafka|kafka|aiokafka|django_kafka|faust|faststream"
    r"|kombu\.transport)\b"
    r"|[\"']django_kafka\b"
)


@rule("kafka-wired", entry="kafka")
def check(project: Project) -> Iterator[Finding]:
    kafka = project.standard.technologies.get("kafka")
    client = project.packages.deployed(*(kafka.packages if kafka else ()))
    if client and project.settings.modules and not project.mentions(_USES):
        yield Finding(
            client.where,
            f"{client.name} is installed, and no code sends to Kafka or takes from it",
            "write the producer or the consumer, or remove the package",
        )
