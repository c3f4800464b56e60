"""compose-source-mounted."""

import pytest

from tests.rules.repo import Break, flags, passes

RULE = "compose-source-mounted"
BREAK = Break("docker-compose.yml", "    - .:/app\n")
IMAGE = {"Dockerfile": 'FROM python:3.13\nCMD ["gunicorn"]\n'}


def compose(body: str = "", name: str = "docker-compose.yml") -> dict[str, str]:
    return IMAGE | {name: f"services:\n  web:\n    build: .\n{body}"}


@pytest.mark.parametrize(
    "body",
    [
        "    volumes: ['.:/app']\n",
        "    volumes: ['./backend:/app:z']\n",
        "    volumes: ['${PWD}:/app']\n",
        "    volumes: [{type: bind, source: ., target: /app}]\n",
        "    develop: {watch: [{action: sync, path: ., target: /app}]}\n",
    ],
)
def test_sources_that_are_mounted_pass(body: str) -> None:
    passes(RULE, compose(body))


@pytest.mark.parametrize("body", ["", "    volumes: ['media:/app/media']\n", "    # volumes: ['.:/app']\n"])
def test_none(body: str) -> None:
    flags(RULE, compose(body), "docker-compose.yml:2 the service web")


def test_one_service_that_has_them_is_enough() -> None:
    worker = "  worker:\n    build: .\n    volumes: ['.:/app']\n"
    passes(RULE, compose(worker))


def test_an_override_adds_them() -> None:
    override = "services:\n  web:\n    volumes: ['.:/app']\n"
    passes(RULE, compose() | {"docker-compose.override.yml": override})


def test_production_and_tests_need_none() -> None:
    passes(RULE, compose(name="production.yml"))
    passes(RULE, compose(name="docker-compose.ci.yml"))


def test_servers_alone_are_not_looked_at() -> None:
    passes(RULE, {"docker-compose.yml": "services:\n  db:\n    image: postgres:17\n"})
