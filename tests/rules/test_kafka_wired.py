"""kafka-wired."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "stack/kafka/dead_letters.py",
    "from confluent_kafka ",
    "from stack.kafka.client ",
    more=tuple(
        Break(path, "from confluent_kafka", "from stack.kafka.client")
        for path in (
            "stack/prometheus/streams.py",
            "stack/kafka/replay.py",
            "stack/kafka/sink.py",
            "stack/kafka/record.py",
            "stack/kafka/streaming.py",
            "stack/kafka/topics.py",
            "stack/kafka/topics.py",
            "stack/kafka/producing.py",
        )
    ),
)


def files(package: str, text: str) -> dict[str, str]:
    pyproject = f'[tool.poetry.dependencies]\n{package} = "^2"\n'
    return {"pyproject.toml": pyproject, "shop/settings.py": "INSTALLED_APPS = []\n", "shop/events.py": text}


@pytest.mark.parametrize(
    ("package", "text"),
    [
        ("confluent-kafka", "from confluent_kafka import Producer\n"),
        ("kafka-python", "import kafka\n"),
        ("django-kafka", "from django_kafka.consumer import Consumer\n"),
        ("aiokafka", "def run():\n    from aiokafka import AIOKafkaConsumer\n"),
        ("redis", ""),
    ],
)
def test_used_or_not_there(package: str, text: str) -> None:
    passes("kafka-wired", files(package, text))


@pytest.mark.parametrize("text", ["", "# from confluent_kafka import Producer\n", "KAFKA_BROKERS = []\n"])
def test_not_used(text: str) -> None:
    flags(
        "kafka-wired",
        files("confluent-kafka", text),
        "pyproject.toml:2 confluent-kafka is installed, and no code",
    )
