"""compose-redis-version."""

import pytest

from tests.rules.repo import Break, flags, passes

RULE = "compose-redis-version"
BREAK = Break("docker-compose.yml", "image: redis:8-alpine", "image: redis:6-alpine")


def compose(image: str) -> dict[str, str]:
    return {"docker-compose.yml": f"services:\n  redis:\n    image: {image}\n"}


@pytest.mark.parametrize(
    "image",
    [
        "redis:7",
        "redis:8.2-alpine",
        "valkey/valkey:8",
        "redis:alpine",
        "redis:${TAG}",
        "redis/redis-stack:7.4.0-v3",
        "eqalpha/keydb:6.3.4",
        "docker.dragonflydb.io/dragonflydb/dragonfly:v1.27.1",
        "oliver006/redis_exporter:1.6",
    ],
)
def test_a_new_one_and_one_that_is_not_known_pass(image: str) -> None:
    passes(RULE, compose(image))


@pytest.mark.parametrize(
    "image", ["redis:6", "redis:5.0.14-alpine", "bitnami/redis:6.2.7", "redis:${TAG:-6.2}"]
)
def test_an_old_one(image: str) -> None:
    flags(RULE, compose(image), "docker-compose.yml:3 which is older than 7")
