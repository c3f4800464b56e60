"""Processes of relays and readers, killed."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings
from django.db import connection
from django_outbox_pattern.models import Published

from stack.environment import BASE_DIR
from stack.kafka import topics
from stack.kafka.tests.conftest import put
from stack.kafka.tests.effects import GROUP, Effects, expected
from stack.kafka.tests.test_sink import tell
from stack.kafka.tests.upto import read_all, records
from stack.outbox.room import IN_FLIGHT
from tests.processes import SECONDS, environment, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.proves("kafka")]
DATABASE = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}"


@contextmanager
def process(output: Path, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run Python on the tests' database and topics."""
    parts = {
        name: str(value) for name, value in connection.settings_dict.items() if isinstance(value, str | int)
    }
    variables = {
        "DATABASE_URL": DATABASE.format(**parts),
        "DJANGO_SETTINGS_MODULE": "settings_test",
        "ENVIRONMENT": "test",
        "KAFKA_BROKERS": os.environ["KAFKA_BROKERS"],
        "KAFKA_PARTITIONS": str(settings.KAFKA_PARTITIONS),
        "KAFKA_PREFIX": settings.KAFKA_PREFIX,
    }
    with output.open("ab") as stream:
        started = subprocess.Popen(
            [sys.executable, *command],
            cwd=BASE_DIR,
            env=environment(**variables),
            stdout=stream,
            stderr=stream,
        )
        try:
            yield started
        finally:
            started.kill()
            started.wait()


def test_a_relay_that_is_killed_doubles_what_was_in_flight_and_no_effect(
    effects: Effects, tmp_path: Path
) -> None:
    backlog = range(2000)
    for key in range(20):
        tell(*backlog[key::20], key=f"k{key}")

    def pending() -> int:
        return Published.objects.filter(status=1, destination__startswith="/kafka/").count()

    kills = 0
    while kills < 2 and (left := pending()):
        with process(tmp_path / "log", "manage.py", "publish", "kafka") as relay:
            wait_until(lambda at=left: pending() < at)  # type: ignore[misc]
            relay.kill()
            kills += 1
    with process(tmp_path / "log", "manage.py", "publish", "kafka"):
        wait_until(lambda: pending() == 0)
    counts = Counter(record.headers["ce-id"] for record in records(topics.topic_of("thing")))
    assert len(counts) == len(backlog)
    assert sum(counts.values()) - len(backlog) <= kills * IN_FLIGHT
    read_all(GROUP)
    assert effects.all() == expected(backlog, 20)


def test_readers_that_come_are_killed_and_stop_take_each_effect_once_in_order(
    effects: Effects, tmp_path: Path
) -> None:
    """The second one joins in the middle of the first one's work; the first is then killed."""
    told = range(1500)
    topic, keys = topics.topic_of("thing"), 20
    feeding = Thread(target=lambda: put(*((f"k{number % keys}", number) for number in told)))
    feeding.start()
    reader = ("-m", "stack.kafka.tests.reader")
    with process(tmp_path / "first", *reader) as first:
        wait_until(lambda: effects.count() > 100)
        with process(tmp_path / "second", *reader) as second:
            wait_until(lambda: b"taken" in (tmp_path / "second").read_bytes())
            first.kill()
            feeding.join(SECONDS)
            put(*((f"k{number % keys}", number) for number in range(len(told), len(told) + 100)))
            wait_until(lambda: effects.count() >= len(told) + 100)
            second.send_signal(signal.SIGTERM)
            assert second.wait(SECONDS) == 0
    assert len(records(topic)) == len(told) + 100
    assert effects.all() == expected(range(len(told) + 100), keys)
