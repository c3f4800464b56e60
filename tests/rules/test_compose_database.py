"""compose-database."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "docker-compose.yml",
    "  db:\n    image: postgres:17\n",
    "  store:\n    image: example/store:1\n",
    (
        Break(
            "docker-compose.prod.yml",
            "  db:\n    <<: *locked\n    image: postgres:17\n",
            "  store:\n    <<: *locked\n    image: example/store:1\n",
        ),
    ),
)
DRIVER = {"pyproject.toml": '[tool.poetry.dependencies]\npsycopg = "^3.2"\n'}
WEB = "services:\n  web:\n    build: .\n"


@pytest.mark.parametrize(
    "service",
    [
        "  x:\n    image: postgres:17\n",
        "  x:\n    image: postgis/postgis:17-3.5\n",
        "  x:\n    image: timescale/timescaledb:2.17.2-pg17\n",
        "  x:\n    image: ${DATABASE_IMAGE}\n  db:\n    image: ${DATABASE_IMAGE}\n",
        "  postgres:\n    build: {context: ., dockerfile: compose/postgres/Dockerfile}\n",
        "  mysql:\n    image: mysql:8\n",
    ],
)
def test_a_database_passes(service: str) -> None:
    passes("compose-database", DRIVER | {"docker-compose.yml": f"{WEB}{service}"})


def test_one_in_another_file_passes() -> None:
    more = {"infrastructure/compose.yml": "services:\n  x:\n    image: postgres:17\n"}
    passes("compose-database", DRIVER | {"docker-compose.yml": WEB} | more)


def test_none() -> None:
    flags(
        "compose-database", DRIVER | {"docker-compose.yml": WEB}, "docker-compose.yml brings up a PostgreSQL"
    )


def test_an_image_that_is_borrowed_is_no_server() -> None:
    dump = "  dump:\n    image: postgres:17\n    command: pg_dump --host postgres\n"
    flags(
        "compose-database", DRIVER | {"docker-compose.yml": f"{WEB}{dump}"}, "docker-compose.yml PostgreSQL"
    )


def test_without_a_driver_or_a_compose_file_nothing_is_asked() -> None:
    passes("compose-database", {"docker-compose.yml": WEB})
    passes("compose-database", DRIVER)
