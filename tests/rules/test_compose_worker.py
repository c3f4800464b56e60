"""compose-worker."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "docker-compose.yml",
    "celery -A config worker",
    "celery -A config inspect ping",
    (
        Break(
            "docker-compose.prod.yml",
            "[celery, --quiet, -A, config, worker, ",
            "[celery, --quiet, -A, config, inspect, ",
        ),
        Break("Procfile", "celery --quiet -A config worker", "celery --quiet -A config inspect ping"),
        Break("deploy/kubernetes/celery/worker.yaml", "config, worker", "config, inspect"),
        Break("deploy/swarm/celery.yml", "config, worker", "config, inspect"),
    ),
)
CELERY = {
    "pyproject.toml": '[tool.poetry.dependencies]\ncelery = "^5.5"\n',
    "docker-compose.yml": "services:\n  web:\n    build: .\n",
}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "docker-compose.yml",
            "services:\n  x:\n    build: .\n    command: celery -A config.celery_app worker -l info\n",
        ),
        ("local.yml", "services:\n  x:\n    build: .\n    command: [celery, -A, config, worker]\n"),
        ("local.yml", "services:\n  x:\n    build: .\n    command: python -m celery --app=config worker\n"),
        (
            "compose/local/django/celery/worker/start",
            "#!/bin/bash\nexec celery -A config.celery_app worker -l INFO\n",
        ),
        ("bin/worker", "#!/bin/sh\nexec watchfiles celery.__main__.main --args '-A config worker'\n"),
        ("Procfile", "worker: celery -A config worker\n"),
        ("deploy/worker.yaml", "kind: Deployment\ncommand:\n  - celery\n  - -A\n  - config\n  - worker\n"),
        ("Dockerfile.worker", 'FROM python:3.13\nCMD ["celery", "-A", "config", "worker"]\n'),
    ],
)
def test_a_worker_passes(path: str, text: str) -> None:
    passes("compose-worker", CELERY | {path: text})


def test_none() -> None:
    flags("compose-worker", CELERY, "docker-compose.yml nothing starts a worker")


@pytest.mark.parametrize("command", ["celery -A config beat", "celery -A config flower", "python worker.py"])
def test_another_process_is_no_worker(command: str) -> None:
    compose = {"docker-compose.yml": f"services:\n  worker:\n    build: .\n    command: {command}\n"}
    flags("compose-worker", CELERY | compose, "docker-compose.yml nothing starts a worker")


def test_without_celery_or_compose_nothing_is_asked() -> None:
    passes("compose-worker", {"docker-compose.yml": CELERY["docker-compose.yml"]})
    passes("compose-worker", {"pyproject.toml": CELERY["pyproject.toml"]})


@pytest.mark.parametrize(
    "text",
    [
        "command = [\n    'celery',\n    '--app',\n    APP,\n    'worker',\n]\nrun(command)\n",
        "run('celery -A config worker -l info'.split())\n",
    ],
)
def test_a_script_in_python_starts_it(text: str) -> None:
    passes("compose-worker", {**CELERY, "start.py": text})


def test_a_script_in_python_starts_another_one() -> None:
    text = "command = ['celery', '-A', 'config', 'beat']\nother = ['worker']\n"
    flags("compose-worker", {**CELERY, "start.py": text}, "docker-compose.yml nothing starts a worker")
