"""beat-has-a-process."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "Procfile",
    "beat: celery --quiet -A config beat\n",
    more=(
        Break("docker-compose.yml", "[celery, -A, config, beat,", "[celery, -A, config, events,"),
        Break("docker-compose.prod.yml", "-A, config, beat,", "-A, config, events,"),
        Break("deploy/swarm/celery.yml", "-A, config, beat,", "-A, config, events,"),
        Break("deploy/kubernetes/celery/beat.yaml", "-A, config, beat,", "-A, config, events,"),
    ),
)

SETTINGS = {"shop/settings.py": "INSTALLED_APPS = []\nCELERY_BEAT_SCHEDULE = {'x': {'task': 'a.b'}}\n"}
WORKER = {"Procfile": "worker: celery -A shop worker\n"}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("Procfile", "worker: celery -A shop worker\nbeat: celery -A shop beat\n"),
        ("Procfile", "worker: celery -A shop worker -B\n"),
        ("compose.yml", "services:\n  beat:\n    image: shop\n    command: [celery, -A, shop, beat]\n"),
        (
            "compose/local/django/celery/beat/start",
            "#!/bin/bash\nexec celery -A config.celery_app beat -l INFO\n",
        ),
        ("deploy/beat.sh", "celery \\\n  -A shop \\\n  beat\n"),
        ("deploy/beat.yaml", "kind: Deployment\ncommand:\n  - celery\n  - -A\n  - shop\n  - beat\n"),
        ("etc/beat.service", "[Service]\nExecStart=/app/.venv/bin/celery -A shop beat\n"),
    ],
)
def test_a_process(path: str, text: str) -> None:
    passes("beat-has-a-process", {**SETTINGS, **WORKER, path: text})


@pytest.mark.parametrize(
    "files",
    [
        SETTINGS,
        {"shop/settings.py": 'INSTALLED_APPS = ["django_celery_beat"]\n\n'},
    ],
)
def test_no_process(files: dict[str, str]) -> None:
    line = 2 if files is SETTINGS else 1
    flags("beat-has-a-process", {**files, **WORKER}, f"shop/settings.py:{line} no process of Celery Beat")


def test_a_schedule_in_the_code() -> None:
    files = {"shop/celery.py": "app.conf.beat_schedule = {}\n", **WORKER}
    flags("beat-has-a-process", files, "shop/celery.py:1")


def test_a_command_in_a_comment_runs_nothing() -> None:
    files = {**SETTINGS, "Procfile": "worker: celery -A shop worker\n# beat: celery -A shop beat\n"}
    flags("beat-has-a-process", files, "shop/settings.py:2")


def test_nothing_is_scheduled() -> None:
    passes(
        "beat-has-a-process",
        {"shop/settings.py": "INSTALLED_APPS = []\nCELERY_BEAT_SCHEDULE = {}\n", **WORKER},
    )


def test_processes_that_are_elsewhere_are_not_asked_for() -> None:
    passes("beat-has-a-process", SETTINGS)


@pytest.mark.parametrize(
    "command", ["celery -A shop worker --beat -l info", "python manage.py celery worker --events --beat"]
)
def test_a_worker_that_has_it_within(command: str) -> None:
    passes("beat-has-a-process", {**SETTINGS, "Procfile": f"worker: {command}\n"})
