"""beat-has-a-schedule."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break("config/celery.py", "app.conf.beat_schedule = {", "app.conf.timetable = {")

BEAT = {
    "Procfile": "beat: celery -A shop beat\n",
    "shop/celery.py": 'from celery import Celery\n\napp = Celery("shop")\n',
}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("shop/settings.py", "INSTALLED_APPS = []\nCELERY_BEAT_SCHEDULE = {'x': {'task': 'a.b'}}\n"),
        ("shop/settings.py", 'INSTALLED_APPS = ["django_celery_beat"]\n'),
        ("shop/settings.py", 'INSTALLED_APPS = []\nCELERY_BEAT_SCHEDULER = "redbeat.RedBeatScheduler"\n'),
        ("shop/schedule.py", "app.conf.beat_schedule = {}\n"),
        ("shop/schedule.py", "def setup(sender, **kwargs):\n    sender.add_periodic_task(10.0, x.s())\n"),
        ("shop/celery.py", ""),
    ],
)
def test_there_is_one(path: str, text: str) -> None:
    passes("beat-has-a-schedule", {**BEAT, path: text})


@pytest.mark.parametrize("text", ["", "# app.conf.beat_schedule = {}\n"])
def test_there_is_none(text: str) -> None:
    flags("beat-has-a-schedule", {**BEAT, "shop/x.py": text}, "Procfile Celery Beat runs, and nothing")


def test_without_beat_nothing_is_missing() -> None:
    passes("beat-has-a-schedule", {**BEAT, "Procfile": "worker: celery -A shop worker\n"})


@pytest.mark.parametrize("option", ["--scheduler db.schedulers:DatabaseScheduler", "-S db", "--scheduler=db"])
def test_a_scheduler_of_its_own_keeps_it_elsewhere(option: str) -> None:
    passes("beat-has-a-schedule", {**BEAT, "Procfile": f"beat: celery -A shop beat -l info {option}\n"})
