"""compose-postgres-18-mount."""

import pytest

from stackyard.checking.fixing import edited
from tests.rules.repo import Break, findings, flags, passes

RULE = "compose-postgres-18-mount"
_PGDATA = "      PGDATA: /var/lib/postgresql/pgdata # below the mount, in which 18 and later want it\n"
BREAK = Break(
    "docker-compose.yml",
    f'{_PGDATA}    volumes: ["postgres:/var/lib/postgresql"]\n',
    '    volumes: ["postgres:/var/lib/postgresql/data"]\n',
    (Break("docker-compose.yml", "image: postgres:17", "image: postgres:18"),),
)
OLD = "data:/var/lib/postgresql/data"


def compose(image: str, volume: str, more: str = "") -> dict[str, str]:
    return {
        "docker-compose.yml": f"services:\n  db:\n    image: {image}\n    volumes:\n      - {volume}\n{more}"
    }


@pytest.mark.parametrize(
    ("image", "volume"),
    [
        ("postgres:17", OLD),
        ("postgres:18", "data:/var/lib/postgresql"),
        ("postgres:18", "data:/var/lib/postgresql/18/docker"),
        ("postgres", OLD),
        ("bitnami/postgresql:18", OLD),
        ("timescale/timescaledb:2.23.0-pg18", OLD),
    ],
)
def test_the_right_place_passes(image: str, volume: str) -> None:
    passes(RULE, compose(image, volume))


@pytest.mark.parametrize("image", ["postgres:18", "postgres:18.1-alpine", "postgis/postgis:18-3.6"])
@pytest.mark.parametrize("volume", [OLD, f"{OLD}:Z", "./data:/var/lib/postgresql/data/"])
def test_the_old_place_and_its_fix(image: str, volume: str) -> None:
    files = compose(image, volume)
    flags(RULE, files, "docker-compose.yml:4 PostgreSQL 18")
    (edit,) = findings(RULE, files)[0].edits
    passes(RULE, {"docker-compose.yml": edited(files["docker-compose.yml"], edit) or ""})


def test_a_folder_of_one_s_own_passes() -> None:
    passes(RULE, compose("postgres:18", OLD, "    environment:\n      PGDATA: /var/lib/postgresql/data\n"))


def test_an_image_of_one_s_own() -> None:
    files = {"production.yml": f"services:\n  db:\n    build: ./pg\n    volumes: [{OLD}]\n"}
    flags(RULE, files | {"pg/Dockerfile": "FROM docker.io/postgres:18\n"}, "production.yml:4 PostgreSQL 18")
    passes(RULE, files | {"pg/Dockerfile": "FROM postgres:18\nENV PGDATA=/var/lib/postgresql/data\n"})
