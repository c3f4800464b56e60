"""Compose brings up the brokers that the project talks to.

Celery wants Redis or RabbitMQ, an outbox that is relayed by django-outbox-pattern and clients of AMQP want
RabbitMQ (or another server that speaks STOMP or AMQP), clients of Kafka want Kafka. Without them in Compose,
a developer can't run what production runs. A project whose Celery goes over SQS or Google's Pub/Sub is not
asked for another one.

Standard: docker-compose.yml, essential services: rabbitmq; Message broker: Redis or RabbitMQ.
"""

import re
from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.project.packages import Dependency
from stackyard.rule import Finding, rule

_KAFKA = {"confluent-kafka", "kafka-python", "kafka-python-ng", "aiokafka", "django-kafka", "faust-streaming"}
_AMQP = {"django-outbox-pattern", "pika", "aio-pika", "stomp-py"}
_MANAGED = {"sqs", "gcpubsub", "azureservicebus", "zookeeper"}


@rule("compose-brokers", entry="compose-services")
def check(project: Project) -> Iterator[Finding]:
    for package in project.packages.main if project.composes else ():
        names = _wanted(package, project.packages.has("redis", "django-redis"))
        if names and not any(re.search("|".join(names), text) for text in _brought_up(project)):
            yield Finding(
                Place(project.composes[0].path),
                f"no Compose file brings up {_TITLES[names[0]]}, and the project has {package.name}",
                f"add a service {names[0]} with a health check",
            )
            return


_TITLES = {"kafka": "a Kafka", "rabbitmq": "a RabbitMQ", "redis": "a broker for tasks"}


def _wanted(package: Dependency, has_redis: bool) -> tuple[str, ...]:
    """Give the words one of which is in the name of a fit service or image; none, if none is wanted."""
    if package.name in _KAFKA:
        return "kafka", "redpanda"
    if package.name in _AMQP:
        return "rabbitmq", "amqp", "activemq", "artemis", "broker", "mq"
    # Where there is a client of Redis, that is asked for by itself.
    if package.name == "celery" and not has_redis and not package.extras & _MANAGED:
        return "redis", "rabbitmq", "valkey", "keydb", "dragonfly", "broker", "mq"
    return ()


def _brought_up(project: Project) -> Iterator[str]:
    for _, service in project.containers.services:
        image = project.image(service)
        yield f"{service.name} {image.text if image else ''}".lower()
