"""docker-command."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "Dockerfile",
    'CMD ["gunicorn", "-c", "stack/gunicorn/conf.py", "config.wsgi:application"]',
    'CMD ["python", "manage.py", "runserver", "0.0.0.0:8000"]',
)
DEVELOPMENT = 'FROM python:3.13\nCMD ["python", "manage.py", "runserver", "0.0.0.0:8000"]\n'


@pytest.mark.parametrize(
    "command",
    [
        '["gunicorn", "config.wsgi"]',
        "uvicorn config.asgi:application",
        '["/venv/bin/daphne", "config.asgi:application"]',
        '["sh", "-c", "python manage.py migrate && exec granian config.asgi"]',
        '["python", "-m", "service"]',
        '["/start"]',
    ],
)
def test_a_server_and_what_is_not_known_pass(command: str) -> None:
    passes("docker-command", {"Dockerfile": f"FROM python:3.13\nCMD {command}\n"})


def test_django_s_own_server() -> None:
    flags("docker-command", {"Dockerfile": DEVELOPMENT}, "Dockerfile:2 runserver")


def test_a_script_is_followed() -> None:
    dockerfile = 'FROM python:3.13\nCOPY docker/entrypoint.sh /entrypoint.sh\nENTRYPOINT ["/entrypoint.sh"]\n'
    serve = {"Dockerfile": dockerfile, "docker/entrypoint.sh": "exec gunicorn config.wsgi\n"}
    passes("docker-command", serve)
    develop = {"Dockerfile": dockerfile, "docker/entrypoint.sh": "# gunicorn\npython manage.py runserver\n"}
    passes("docker-command", develop | {"scripts/run": "#!/bin/sh\nuvicorn config.asgi\n"})


def test_a_script_that_starts_django_s_own_server() -> None:
    files = {
        "Dockerfile": 'FROM python:3.13\nCOPY docker/start /start\nCMD ["/start"]\n',
        "docker/start": "#!/bin/sh\npython manage.py migrate\npython manage.py runserver 0:8000\n",
    }
    flags("docker-command", files, "Dockerfile:3 runserver")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("docker-compose.prod.yml", "services:\n  web:\n    build: .\n    command: gunicorn config.wsgi\n"),
        ("Procfile", "web: gunicorn config.wsgi\n"),
        ("deploy/web.yaml", "kind: Deployment\ncommand: [gunicorn, config.wsgi]\n"),
    ],
)
def test_what_production_runs_instead_counts(path: str, text: str) -> None:
    passes("docker-command", {"Dockerfile": DEVELOPMENT, path: text})


def test_production_that_runs_the_image_as_it_is() -> None:
    compose = "services:\n  web:\n    build: .\n  asgi:\n    build: .\n    command: uvicorn config.asgi\n"
    flags(
        "docker-command",
        {"Dockerfile": DEVELOPMENT, "docker-compose.prod.yml": compose},
        "Dockerfile:2 runserver",
    )


def test_no_command_at_all() -> None:
    files = {"Dockerfile": "FROM python:3.13\nCOPY . .\n"}
    flags("docker-command", files, "Dockerfile:1 no command")
    develop = "services:\n  web:\n    build: .\n    command: python manage.py runserver\n"
    flags("docker-command", files | {"docker-compose.yml": develop}, "Dockerfile:1 no command")
    serve = "services:\n  web:\n    build: .\n    command: /start\n"
    start = {"compose/production/django/start": "#!/bin/bash\nexec gunicorn config.wsgi\n"}
    passes("docker-command", files | start | {"production.yml": serve})


def test_a_base_image_may_have_a_command() -> None:
    passes("docker-command", {"Dockerfile": "FROM tiangolo/uvicorn-gunicorn:python3.11\nRUN pip install x\n"})
