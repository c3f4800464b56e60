"""The brokers that tasks are tested on."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from stack.celery.tests.processes import Broker


@pytest.fixture(name="redis_broker")
def _redis_broker(tmp_path: Path) -> Iterator[Broker]:
    broker = Broker.at(os.environ["REDIS_URL"], tmp_path)
    yield broker
    broker.delete_queue()


@pytest.fixture(name="rabbitmq_broker")
def _rabbitmq_broker(tmp_path: Path) -> Iterator[Broker]:
    url = os.environ.get("AMQP_URL")
    if not url:
        pytest.skip("no RabbitMQ here: AMQP_URL is not set")
    broker = Broker.at(url, tmp_path)
    yield broker
    broker.delete_queue()
