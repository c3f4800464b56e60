"""compose-restart."""

import pytest

from tests.rules.repo import Break, flags, passes

RULE = "compose-restart"
BREAK = Break("docker-compose.prod.yml", "  restart: unless-stopped\n")
IMAGE = {"Dockerfile": 'FROM python:3.13\nCMD ["gunicorn"]\n'}


def compose(service: str, name: str = "docker-compose.prod.yml") -> dict[str, str]:
    return IMAGE | {name: f"services:\n  x:\n{service}"}


@pytest.mark.parametrize(
    "service",
    [
        "    image: postgres:17\n",
        "    build: .\n    command: gunicorn config.wsgi\n",
        "    build: .\n    command: [celery, -A, config, worker]\n",
    ],
)
def test_none(service: str) -> None:
    flags(RULE, compose(service), "docker-compose.prod.yml:2 stays down")


@pytest.mark.parametrize(
    "more", ["restart: always", 'restart: "no"', "deploy: {restart_policy: {condition: any}}"]
)
def test_a_word_about_it_passes(more: str) -> None:
    passes(RULE, compose(f"    image: postgres:17\n    {more}\n"))


@pytest.mark.parametrize(
    "service",
    [
        "    build: .\n    command: python manage.py migrate\n",
        "    image: postgres:17\n    command: pg_dump app\n",
        "    image: ghcr.io/team/unknown:1\n",
    ],
)
def test_what_ends_by_itself_or_is_not_known_passes(service: str) -> None:
    passes(RULE, compose(service))


@pytest.mark.parametrize("name", ["docker-compose.yml", "docker-stack.yml"])
def test_development_and_swarm_pass(name: str) -> None:
    passes(RULE, compose("    image: postgres:17\n", name))


def test_what_start_scripts_run_is_one_finding() -> None:
    image = "FROM python:3.13\nCOPY deploy/web/run /go\nCOPY deploy/tasks/run /go-tasks\nCMD /go\n"
    web, tasks = "    build: .\n  tasks:\n", "    build: .\n    command: /go-tasks\n"
    files = compose(web + tasks) | {
        "Dockerfile": image,
        "deploy/web/run": "#!/bin/sh\nexec gunicorn config.wsgi\n",
        "deploy/tasks/run": "#!/bin/sh\nexec celery \\\n  -A config worker\n",
    }
    flags(RULE, files, "docker-compose.prod.yml:2 the services x, tasks in docker-compose.prod.yml stay down")
    passes(RULE, files | {"deploy/web/run": "./manage.py migrate\n", "deploy/tasks/run": "exit\n"})
