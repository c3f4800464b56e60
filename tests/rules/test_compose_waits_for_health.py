"""compose-waits-for-health."""

import pytest

from tests.rules.repo import Break, flags, passes

RULE = "compose-waits-for-health"
BREAK = Break(
    "docker-compose.yml", "redis: {condition: service_healthy}", "redis: {condition: service_started}"
)
DB = "services:\n  db:\n    image: postgres:17\n    healthcheck: {test: pg_isready}\n"
IMAGE = {"Dockerfile": 'FROM python:3.13\nCMD ["gunicorn"]\n'}


def compose(web: str, db: str = DB) -> dict[str, str]:
    return IMAGE | {"docker-compose.yml": f"{db}  web:\n    build: .\n{web}"}


@pytest.mark.parametrize("needs", ["[db]", "{db: {condition: service_started}}", "{db: {}}"])
def test_one_that_does_not_wait(needs: str) -> None:
    flags(
        RULE,
        compose(f"    depends_on: {needs}\n"),
        "docker-compose.yml:7 the service web does not wait for the health of db",
    )


@pytest.mark.parametrize(
    "web",
    [
        "    depends_on: {db: {condition: service_healthy}}\n",
        "    depends_on: {migrate: {condition: service_completed_successfully}}\n",
        "    depends_on: [db]\n    command: wait-for-it db:5432 -- gunicorn config.wsgi\n",
        "    ports: ['8000:8000']\n",
    ],
)
def test_one_that_waits_passes(web: str) -> None:
    passes(RULE, compose(web))


def test_a_script_that_waits_passes() -> None:
    dockerfile = (
        'FROM python:3.13\nCOPY ./compose/django/entrypoint /entrypoint\nENTRYPOINT ["/entrypoint"]\n'
    )
    files = compose("    depends_on: [db]\n    command: /start\n") | {"Dockerfile": dockerfile}
    entrypoint = '#!/bin/bash\nuntil pg_isready; do\n  sleep 1\ndone\nexec "$@"\n'
    passes(RULE, files | {"compose/django/entrypoint": entrypoint})
    flags(
        RULE,
        files | {"compose/django/entrypoint": '#!/bin/sh\n# wait\nexec "$@"\n'},
        "docker-compose.yml:7 web",
    )


def test_a_server_without_a_health_check_is_another_rule_s_matter() -> None:
    passes(RULE, compose("    depends_on: [db]\n", "services:\n  db:\n    image: postgres:17\n"))


def test_a_proxy_may_come_first() -> None:
    passes(RULE, {"docker-compose.yml": f"{DB}  admin:\n    image: dpage/pgadmin4:9\n    depends_on: [db]\n"})


def test_several_services_of_a_file_are_one_finding() -> None:
    files = compose("    depends_on: [db]\n")
    files["docker-compose.yml"] += (
        "  worker:\n    build: .\n    depends_on: [db, redis]\n"
        "  redis:\n    image: redis:8\n    healthcheck: {test: redis-cli ping}\n"
    )
    flags(
        RULE,
        files,
        "docker-compose.yml:7 the services web, worker do not wait for the health of db and redis",
    )
