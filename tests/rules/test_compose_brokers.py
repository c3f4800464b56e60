"""compose-brokers."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "docker-compose.yml",
    "  rabbitmq:\n    image: rabbitmq:4-management-alpine\n",
    "  events:\n    image: example/events:1\n",
    (
        Break(
            "docker-compose.prod.yml",
            "  rabbitmq:\n    <<: *locked\n    image: rabbitmq:4-management-alpine\n",
            "  events:\n    <<: *locked\n    image: example/events:1\n",
        ),
    ),
)
WEB = "services:\n  web:\n    build: .\n"


def repo(package: str, service: str = "") -> dict[str, str]:
    return {
        "pyproject.toml": f"[tool.poetry.dependencies]\n{package}\n",
        "docker-compose.yml": f"{WEB}{service}",
    }


@pytest.mark.parametrize(
    ("package", "fact"),
    [
        ('confluent-kafka = "^2"', "a Kafka, and the project has confluent-kafka"),
        ('django-outbox-pattern = "^3"', "a RabbitMQ, and the project has django-outbox-pattern"),
        ('pika = "^1"', "a RabbitMQ, and the project has pika"),
        ('celery = "^5"', "a broker for tasks, and the project has celery"),
    ],
)
def test_none(package: str, fact: str) -> None:
    flags("compose-brokers", repo(package), f"docker-compose.yml {fact}")


@pytest.mark.parametrize(
    ("package", "service"),
    [
        ('confluent-kafka = "^2"', "  x:\n    image: apache/kafka:4.1.1\n"),
        ('aiokafka = "^0.12"', "  x:\n    image: redpandadata/redpanda:v25.1.1\n"),
        ('pika = "^1"', "  x:\n    image: rabbitmq:4-management\n"),
        ('pika = "^1"', "  rabbitmq:\n    image: ${RABBITMQ}\n"),
        ('stomp-py = "^8"', "  x:\n    image: apache/activemq-artemis:2.40.0\n"),
        ('celery = "^5"', "  x:\n    image: rabbitmq:4\n"),
        ('celery = "^5"', "  x:\n    image: redis:8\n"),
    ],
)
def test_a_broker_passes(package: str, service: str) -> None:
    passes("compose-brokers", repo(package, service))


@pytest.mark.parametrize(
    "package", ['django = "^6"', 'celery = {extras = ["sqs"], version = "^5"}', 'celery = "^5"\nredis = "^6"']
)
def test_what_needs_none_or_is_asked_for_elsewhere_passes(package: str) -> None:
    passes("compose-brokers", repo(package))
