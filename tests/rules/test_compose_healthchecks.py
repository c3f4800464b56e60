"""compose-healthchecks."""

import pytest

from tests.rules.repo import Break, flags, passes

_REDIS = '    volumes: ["redis:/data"]\n'
BREAK = Break(
    "docker-compose.yml",
    f"{_REDIS}    healthcheck:\n      <<: *healthcheck\n      test: [CMD, redis-cli, ping]\n",
    _REDIS,
)


def compose(body: str) -> dict[str, str]:
    return {"docker-compose.yml": f"services:\n  x:\n{body}"}


@pytest.mark.parametrize(
    "image", ["postgres:17", "redis:8", "rabbitmq:4", "apache/kafka:4.1.1", "postgis/postgis:17-3.5"]
)
def test_none(image: str) -> None:
    flags("compose-healthchecks", compose(f"    image: {image}\n"), "docker-compose.yml:2 the service x")


def test_one_passes() -> None:
    passes("compose-healthchecks", compose("    image: postgres:17\n    healthcheck: {test: pg_isready}\n"))


@pytest.mark.parametrize("check", ["{disable: true}", "{test: [NONE]}", "{interval: 5s}"])
def test_one_that_asks_nothing(check: str) -> None:
    body = f"    image: postgres:17\n    healthcheck: {check}\n"
    flags("compose-healthchecks", compose(body), "docker-compose.yml:2 the service x")


def test_one_by_a_merge_key_passes() -> None:
    text = "x-db: &db\n  healthcheck: {test: x}\nservices:\n  db:\n    <<: *db\n    image: postgres:17\n"
    passes("compose-healthchecks", {"docker-compose.yml": text})


def test_one_of_an_image_of_one_s_own_passes() -> None:
    files = compose("    build: ./postgres\n")
    passes(
        "compose-healthchecks",
        files | {"postgres/Dockerfile": "FROM postgres:17\nHEALTHCHECK CMD pg_isready\n"},
    )
    flags(
        "compose-healthchecks",
        files | {"postgres/Dockerfile": "FROM postgres:17\n"},
        "docker-compose.yml:2 x",
    )


@pytest.mark.parametrize(
    "command",
    [
        "command: pg_dump --host postgres app",
        "command: [psql, --host=db]",
        "entrypoint: [/backup/backup]",
        "entrypoint: /bin/sh -c 'sleep 1 && psql'",
    ],
)
def test_an_image_that_is_borrowed_needs_none(command: str) -> None:
    passes("compose-healthchecks", compose(f"    image: postgres:17\n    {command}\n"))


@pytest.mark.parametrize(
    ("image", "command"),
    [
        ("postgres:17", "postgres -c max_connections=200"),
        ("postgres:17", "-c max_connections=200"),
        ("postgres:17", "[docker-entrypoint.sh, postgres]"),
        ("redis:8", "redis-server --appendonly yes"),
        ("redis:8", "--maxmemory 100mb"),
        ("redis:8", "/etc/redis.conf"),
        ("rabbitmq:4", 'bash -c "rabbitmq-plugins enable rabbitmq_stomp && rabbitmq-server"'),
    ],
)
def test_a_server_with_options_is_a_server(image: str, command: str) -> None:
    body = f"    image: {image}\n    command: {command}\n"
    flags("compose-healthchecks", compose(body), "docker-compose.yml:2 the service x")


@pytest.mark.parametrize(
    "image", ["dpage/pgadmin4:9", "oliver006/redis_exporter:v1", "supabase/gotrue:v2.170.0", "mailpit:1"]
)
def test_other_images_need_none(image: str) -> None:
    passes("compose-healthchecks", compose(f"    image: {image}\n"))


def test_several_servers_of_a_file_are_one_finding() -> None:
    body = "    image: postgres:17\n  y:\n    image: redis:8\n  z:\n    image: nginx:1.29\n"
    flags(
        "compose-healthchecks", compose(body), "docker-compose.yml:2 the services x, y have no health check"
    )


def test_a_file_that_stands_over_another_one_is_not_told_again() -> None:
    files = compose("    image: postgres:17\n")
    files["docker-compose.prod.yml"] = "services:\n  x:\n    restart: always\n"
    flags("compose-healthchecks", files, "docker-compose.yml:2 the service x has no health check")
