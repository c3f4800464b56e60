"""What is told of events: by the relay's own process, from the database and from what it did."""

import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest
from django_outbox_pattern.models import Published
from prometheus_client.parser import text_string_to_metric_families

from stack.inbox import dead_letters
from tests.processes import SECONDS, database_url, free_port, running, wait_until


def samples(port: int) -> Iterator[tuple[str, tuple[str, ...], float]]:
    """Scrape."""
    asking = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    asking.request("GET", "/metrics")
    for family in text_string_to_metric_families(asking.getresponse().read().decode()):
        for sample in family.samples:
            yield sample.name, tuple(sample.labels.values()), sample.value
    asking.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.proves("prometheus")
def test_what_waits_and_what_cannot_be_sent_is_told(tmp_path: Path) -> None:
    Published.objects.create(destination="/queue/nobody-has-this", body={})
    Published.objects.create(destination="nowhere", body={}, status=-1)
    dead_letters.enter("g", "e1", {}, b"", "no reason")
    port = free_port()
    env = {
        "ENVIRONMENT": "test",
        "DATABASE_URL": database_url(),
        "PROMETHEUS_PORT": str(port),
    }

    def told() -> dict[tuple[str, str], float]:
        try:
            return {(name, labels[0]): value for name, labels, value in samples(port) if labels}
        except OSError:
            return {}

    with running(["python", "manage.py", "publish"], tmp_path / "log", **env):
        metrics = wait_until(told)
    assert metrics["events_pending", "rabbitmq"] == 1
    assert metrics["events_set_aside", "rabbitmq"] == 1
    assert metrics["events_oldest_seconds", "rabbitmq"] > 0
    assert metrics["events_dead_letters", "g"] == 1
