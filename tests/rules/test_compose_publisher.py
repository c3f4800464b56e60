"""compose-publisher."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "docker-compose.yml",
    "python manage.py publish",
    "python manage.py check",
    (
        Break("docker-compose.prod.yml", "manage.py, publish]", "manage.py, check]"),
        Break("Procfile", "python manage.py publish", "python manage.py check"),
        Break("deploy/kubernetes/events/publisher.yaml", "manage.py, publish]", "manage.py, check]"),
        Break("deploy/swarm/events.yml", "manage.py, publish]", "manage.py, check]"),
    ),
)
OUTBOX = {
    "pyproject.toml": '[tool.poetry.dependencies]\ndjango-outbox-pattern = "^3"\n',
    "docker-compose.yml": "services:\n  web:\n    build: .\n",
}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("local.yml", "services:\n  x:\n    build: .\n    command: python manage.py publish\n"),
        ("local.yml", "services:\n  x:\n    build: .\n    command: [python, manage.py, publish]\n"),
        (
            "local.yml",
            "services:\n  x:\n    build: .\n    command: ./manage.py publish --settings=config.settings\n",
        ),
        ("docker/publisher.sh", "set -e\nexec django-admin publish\n"),
        ("Procfile", "publisher: python manage.py publish\n"),
        ("app/relay.py", 'call_command("publish")\n'),
    ],
)
def test_a_publisher_passes(path: str, text: str) -> None:
    passes("compose-publisher", OUTBOX | {path: text})


def test_none() -> None:
    flags("compose-publisher", OUTBOX, "pyproject.toml:2 nothing runs its command")


@pytest.mark.parametrize(
    "command", ["python manage.py publish_pages", "poetry publish", "python manage.py subscribe"]
)
def test_another_command_is_none(command: str) -> None:
    compose = {"local.yml": f"services:\n  x:\n    build: .\n    command: {command}\n"}
    flags("compose-publisher", OUTBOX | compose, "pyproject.toml:2 nothing runs its command")


def test_without_an_outbox_nothing_is_asked() -> None:
    passes("compose-publisher", {"docker-compose.yml": OUTBOX["docker-compose.yml"]})
