"""compose-postgresql-version."""

import pytest

from tests.rules.repo import Break, flags, passes

RULE = "compose-postgresql-version"
BREAK = Break("docker-compose.yml", "image: postgres:17", "image: postgres:15")


def compose(image: str) -> dict[str, str]:
    return {"docker-compose.yml": f"services:\n  db:\n    image: {image}\n"}


@pytest.mark.parametrize(
    "image",
    [
        "postgres:16",
        "postgres:17.2-alpine",
        "postgis/postgis:16-3.4",
        "timescale/timescaledb:2.17.2-pg16",
        "timescale/timescaledb:2.17.2",
        "pgvector/pgvector:0.8.0-pg17",
        "ankane/pgvector:v0.5.1",
        "postgres",
        "postgres:${VERSION}",
        "mysql:8",
        "prodrigestivill/postgres-backup-local:15",
    ],
)
def test_a_new_one_and_one_that_is_not_known_pass(image: str) -> None:
    passes(RULE, compose(image))


@pytest.mark.parametrize(
    ("image", "version"),
    [
        ("postgres:13", "13"),
        ("postgres:15.3-alpine", "15.3"),
        ("postgres:${VERSION:-14}", "14"),
        ("postgis/postgis:15-3.4", "15"),
        ("timescale/timescaledb:latest-pg14", "14"),
        ("docker.io/bitnami/postgresql:14.2.0", "14.2.0"),
    ],
)
def test_an_old_one(image: str, version: str) -> None:
    flags(
        RULE,
        compose(image),
        f"docker-compose.yml:3 the service db runs PostgreSQL {version}, which is older than 16",
    )


def test_one_of_a_dockerfile() -> None:
    files = {
        "production.yml": "services:\n  db:\n    build: ./pg\n",
        "pg/Dockerfile": "FROM docker.io/postgres:12\n",
    }
    flags(RULE, files, "pg/Dockerfile:1 PostgreSQL 12")


def test_a_client_is_another_matter() -> None:
    passes(RULE, {"docker-compose.yml": "services:\n  x:\n    image: postgres:13\n    command: pg_dump\n"})


OF_OTHERS = """\
services:
  web: {build: ., depends_on: [db]}
  db: {image: "postgres:17"}
  login: {image: "keycloak/keycloak:26", depends_on: [login_db]}
  login_db: {image: "postgres:14"}
"""


def test_the_database_of_another_program_is_not_looked_at() -> None:
    dockerfile = {"Dockerfile": 'FROM python:3.13\nCMD ["gunicorn"]\n'}
    passes(RULE, {**dockerfile, "docker-compose.yml": OF_OTHERS})
    shared = OF_OTHERS.replace("[db]", "[login_db]")
    flags(RULE, {**dockerfile, "docker-compose.yml": shared}, "docker-compose.yml:5 PostgreSQL 14")
