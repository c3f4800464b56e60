"""A fixture for every test of the project: a worker."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from celery import current_app
from celery.contrib.testing.worker import start_worker


@pytest.fixture
def task_worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A real worker on a queue of its own; the test needs transactions that are really committed."""
    queue = f"test-{uuid4().hex}"
    monkeypatch.setitem(current_app.conf, "task_default_queue", queue)
    # Its heartbeat wakes it every two seconds: idle on RabbitMQ, it would not hear that it is to stop.
    options: dict[str, Any] = {"perform_ping_check": False, "without_heartbeat": False}
    with start_worker(current_app, queues=[queue], shutdown_timeout=10, **options):
        yield
    with current_app.connection_for_write() as connection:
        connection.default_channel.queue_delete(queue)  # type: ignore[attr-defined]
