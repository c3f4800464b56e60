"""compose-database-volume."""

import pytest

from tests.rules.repo import Break, flags, passes

RULE = "compose-database-volume"
BREAK = Break("docker-compose.yml", '    volumes: ["postgres:/var/lib/postgresql"]\n')


def compose(body: str = "", name: str = "docker-compose.yml") -> dict[str, str]:
    return {name: f"services:\n  db:\n    image: postgres:17\n{body}"}


@pytest.mark.parametrize(
    "body",
    [
        "    volumes: [data:/var/lib/postgresql/data]\n",
        "    volumes: ['./data/db:/var/lib/postgresql/data:Z']\n",
        "    volumes: ['${DATA:-./data}:/var/lib/postgresql/data']\n",
        "    volumes: [{type: volume, source: data, target: /var/lib/postgresql}]\n",
        "    environment: {PGDATA: /pg}\n    volumes: [data:/pg]\n",
        "    tmpfs: /var/lib/postgresql/data\n",
        "    volumes: ['data:${PGDATA}']\n",
    ],
)
def test_a_volume_passes(body: str) -> None:
    passes(RULE, compose(body))


@pytest.mark.parametrize(
    "body",
    [
        "",
        "    volumes: [./init.sql:/docker-entrypoint-initdb.d/init.sql]\n",
        "    volumes: [/var/lib/postgresql/data]\n",
        "    volumes: [./postgresql.conf:/etc/postgresql.conf]\n",
    ],
)
def test_none(body: str) -> None:
    flags(RULE, compose(body), "docker-compose.yml:2 the service db")


def test_tests_need_none() -> None:
    passes(RULE, compose(name="docker-compose.test.yml"))
    passes(RULE, compose(name="ci/compose.yml"))


def test_an_override_adds_one() -> None:
    override = "services:\n  db:\n    volumes: [data:/var/lib/postgresql/data]\n"
    passes(RULE, compose() | {"docker-compose.override.yml": override})


def test_the_database_of_another_program_is_not_looked_at() -> None:
    files = {
        "Dockerfile": 'FROM python:3.13\nCMD ["gunicorn"]\n',
        "docker-compose.yml": (
            "services:\n  web: {build: ., depends_on: [db]}\n"
            "  db: {image: 'postgres:17', volumes: ['data:/var/lib/postgresql/data']}\n"
            "  login: {image: 'keycloak/keycloak:26', depends_on: [login_db]}\n"
            "  login_db: {image: 'postgres:17'}\n"
        ),
    }
    passes("compose-database-volume", files)
    shared = files["docker-compose.yml"].replace("[db]", "[db, login_db]")
    flags(
        "compose-database-volume",
        {**files, "docker-compose.yml": shared},
        "docker-compose.yml:5 login_db keeps its data",
    )
