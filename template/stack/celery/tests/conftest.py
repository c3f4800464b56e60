"""The brokers that tasks are tested on."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from stack.celery.tests.processes import SCHEMES, Broker


@pytest.fixture(name="broker", params=SCHEMES)
def _broker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Broker]:
    """Give each broker in turn, and a queue of our own on it."""
    urls = [settings.CELERY_BROKER_URL, *(os.environ[name] for name in os.environ if name.endswith("_URL"))]
    url = next((url for url in urls if url.startswith(request.param)), "")
    if not url:
        pytest.skip(f"no variable of the environment has an address of {request.param}://")
    broker = Broker.at(url, tmp_path)
    yield broker
    broker.delete_queue()
