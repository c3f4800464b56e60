"""What Beat's timetable names exists, and is done by a real Beat and a real worker."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from celery.beat import PersistentScheduler
from django.conf import settings
from django.db import connection
from django.utils import timezone

from config.celery import app
from stack.celery.tests.processes import Broker
from stack.sessions.models import Session
from tests.processes import wait_until


def test_every_task_of_the_timetable_exists() -> None:
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)


@pytest.fixture(name="broker")
def _broker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Broker]:
    """Give a queue of our own, to processes that see the tests' database."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    monkeypatch.setenv("DATABASE_URL", database.geturl())
    broker = Broker.at(settings.CELERY_BROKER_URL, tmp_path)
    yield broker
    broker.delete_queue()


def make_all_due(file: str) -> None:
    """Write the file that Beat would have left when it stopped yesterday."""
    scheduler = PersistentScheduler(app, schedule_filename=file)
    for entry in scheduler.schedule.values():
        entry.last_run_at = timezone.now() - timedelta(days=1)
    scheduler.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.proves("celery-beat")
def test_expired_sessions_are_purged_by_beat_and_worker(broker: Broker) -> None:
    Session.objects.create(session_key="old", expire_date=timezone.now() - timedelta(days=1))
    make_all_due(broker.environment["CELERY_BEAT_SCHEDULE_FILE"])
    worker, beat = broker.start_worker(), broker.start_beat()
    try:
        wait_until(lambda: not Session.objects.exists())
    finally:
        beat.kill()
        worker.kill()
