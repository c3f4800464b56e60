"""compose-env-file."""

import pytest

from tests.rules.repo import Break, flags, passes

RULE = "compose-env-file"
BREAK = Break(
    "docker-compose.yml",
    "  env_file: .env\n",
    "",
    (
        Break(
            "docker-compose.yml",
            "DATABASE_URL=postgres://app:${POSTGRES_PASSWORD:-app}@",
            "DATABASE_URL=postgres://app:app@",
        ),
    ),
)
IMAGE = {"Dockerfile": 'FROM python:3.13\nCMD ["gunicorn"]\n'}


def compose(body: str, name: str = "docker-compose.yml") -> dict[str, str]:
    return IMAGE | {name: f"services:\n  web:\n    build: .\n{body}"}


@pytest.mark.parametrize(
    "body",
    [
        "    env_file: .env\n    environment: {DEBUG: 'true'}\n",
        "    env_file: [{path: .env, required: false}]\n",
        "    environment: {DEBUG: '${DEBUG:-false}', PORT: '8000'}\n",
        "    environment: [SECRET_KEY, PORT=8000]\n",
        "    environment: {DEBUG: 'false'}\n    secrets: [environment]\n",
        "    ports: ['8000:8000']\n",
    ],
)
def test_variables_from_outside_pass(body: str) -> None:
    passes(RULE, compose(body))


@pytest.mark.parametrize(
    "body",
    [
        "    environment: {DEBUG: 'true', DATABASE_URL: 'postgres://a:b@db/c'}\n",
        "    environment: [DEBUG=1]\n",
    ],
)
def test_variables_in_the_file_alone(body: str) -> None:
    flags(RULE, compose(body), "docker-compose.yml:4 of the service web")


def test_another_service_that_takes_them_shows_the_way() -> None:
    worker = "  worker:\n    build: .\n    env_file: .env\n"
    passes(RULE, compose("    environment: [C_FORCE_ROOT=1]\n" + worker))


def test_servers_and_tests_are_not_looked_at() -> None:
    passes(
        RULE,
        {"docker-compose.yml": "services:\n  db:\n    image: postgres:17\n    environment: {A: b}\n"},
    )
    passes(RULE, compose("    environment: [DEBUG=1]\n", "docker-compose.test.yml"))
