"""`manage.py publish`, killed, stopped, and before a broker that hangs."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection
from django_outbox_pattern.models import Published

from stack.environment import BASE_DIR
from stack.outbox.room import IN_FLIGHT
from stack.outbox.tests.conftest import Queue, tell
from tests.processes import SECONDS, database_url, environment, wait_until
from tests.relay import relay_to

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.proves("rabbitmq", "outbox"),
]

BACKLOG = 3000


@contextmanager
def publishing(output: Path, **variables: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the command on the tests' database."""
    given = {"AMQP_URL": os.environ["AMQP_URL"], "EVENTS_EXCHANGE": settings.EVENTS_EXCHANGE} | variables
    with output.open("ab") as stream:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "publish"],
            cwd=BASE_DIR,
            env=environment(ENVIRONMENT="test", DATABASE_URL=database_url(), **given),
            stdout=stream,
            stderr=stream,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def backlog() -> None:
    for key in range(30):
        tell(*range(key * 100, (key + 1) * 100), key=key)


def pending() -> int:
    return Published.objects.filter(status=1).count()


def test_killed_it_loses_nothing_and_doubles_what_was_in_flight_at_most(queue: Queue, tmp_path: Path) -> None:
    backlog()
    kills = 0
    while kills < 3 and pending():
        with publishing(tmp_path / "log") as process:
            left = pending()
            wait_until(lambda at=left: pending() < at)  # type: ignore[misc]
            process.kill()
            kills += 1
    with publishing(tmp_path / "log"):
        wait_until(lambda: pending() == 0)
    counts = Counter(each.number for each in queue.take())
    assert counts.keys() == set(range(BACKLOG))
    assert sum(counts.values()) - BACKLOG <= kills * IN_FLIGHT


def test_told_to_stop_it_ends_its_window_and_sends_nothing_twice(queue: Queue, tmp_path: Path) -> None:
    backlog()
    with publishing(tmp_path / "log") as process:
        wait_until(lambda: pending() < BACKLOG)
        process.send_signal(signal.SIGTERM)
        assert process.wait(SECONDS) == 0
    sent = BACKLOG - pending()
    counts = Counter(each.number for each in queue.take())
    assert len(counts) == sum(counts.values()) == sent


def test_idle_it_stops_at_once(queue: Queue, tmp_path: Path) -> None:
    tell(1)
    with publishing(tmp_path / "log") as process:
        wait_until(queue.take)
        process.send_signal(signal.SIGTERM)
        assert process.wait(SECONDS) == 0


def test_a_broker_that_hangs_holds_no_transaction_open(queue: Queue, tmp_path: Path) -> None:
    """What it did not confirm is not sent; once it answers again, all is."""
    url = urlsplit(os.environ["AMQP_URL"])
    assert url.hostname and url.port
    with relay_to(url.hostname, url.port) as between:
        place = f"{url.hostname}:{url.port}"
        hanging = urlunsplit(url._replace(netloc=url.netloc.replace(place, f"127.0.0.1:{between.port}")))
        with publishing(tmp_path / "log", AMQP_URL=hanging):
            tell(0)
            wait_until(lambda: pending() == 0)
            between.hangs.set()
            backlog()
            wait_until(lambda: b"Events wait in the outbox" in (tmp_path / "log").read_bytes())
            assert pending() == BACKLOG, "nothing was taken for sent"
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    " AND state = 'idle in transaction' AND now() - state_change > interval '8 s'"
                )
                assert cursor.fetchone() == (0,)
            between.hangs.clear()
            wait_until(lambda: pending() == 0)
    assert {each.number for each in queue.take()} == set(range(BACKLOG))


def test_redis_is_not_needed(queue: Queue, tmp_path: Path) -> None:
    tell(*range(50))
    away = "redis://127.0.0.1:1/0"
    with publishing(tmp_path / "log", REDIS_URL=away, CELERY_BROKER_URL=away):
        wait_until(lambda: pending() == 0)
    assert [each.number for each in queue.take()] == list(range(50))


def test_dropped_by_the_database_it_doubles_what_was_in_flight_at_most(queue: Queue, tmp_path: Path) -> None:
    backlog()
    with publishing(tmp_path / "log"):
        wait_until(lambda: pending() < BACKLOG)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND query LIKE '%%published%%'"
            )
        wait_until(lambda: pending() == 0)
    counts = Counter(each.number for each in queue.take())
    assert counts.keys() == set(range(BACKLOG))
    assert sum(counts.values()) - BACKLOG <= IN_FLIGHT
