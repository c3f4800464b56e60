"""compose-cache."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "docker-compose.yml",
    "  redis:\n    image: redis:8-alpine\n",
    "  keys:\n    image: example/keys:1\n",
    (
        Break(
            "docker-compose.prod.yml",
            "  redis:\n    <<: *locked\n    image: redis:8-alpine\n",
            "  keys:\n    <<: *locked\n    image: example/keys:1\n",
        ),
    ),
)
CLIENT = {"pyproject.toml": '[tool.poetry.dependencies]\ndjango-redis = "^6"\n'}
WEB = "services:\n  web:\n    build: .\n"


@pytest.mark.parametrize(
    "image", ["redis:8", "valkey/valkey:8", "docker.io/bitnami/redis:7.4", "redis/redis-stack:7.4.0-v1"]
)
def test_a_redis_passes(image: str) -> None:
    passes("compose-cache", CLIENT | {"docker-compose.yml": f"{WEB}  x:\n    image: {image}\n"})


def test_one_whose_image_is_not_known_passes() -> None:
    passes("compose-cache", CLIENT | {"docker-compose.yml": f"{WEB}  redis:\n    image: ${{REDIS}}\n"})


def test_none() -> None:
    flags(
        "compose-cache",
        CLIENT | {"docker-compose.yml": WEB},
        "docker-compose.yml a client for it: django-redis",
    )


def test_celery_s_extra_is_a_client() -> None:
    files = {
        "pyproject.toml": '[tool.poetry.dependencies]\ncelery = {extras = ["redis"], version = "^5.5"}\n'
    }
    flags("compose-cache", files | {"docker-compose.yml": WEB}, "docker-compose.yml a client for it: celery")


def test_a_page_that_shows_one_is_none() -> None:
    page = "  insight:\n    image: redis/redisinsight:2.70\n"
    flags("compose-cache", CLIENT | {"docker-compose.yml": f"{WEB}{page}"}, "docker-compose.yml django-redis")


def test_a_developer_s_client_asks_for_none() -> None:
    files = {
        "pyproject.toml": '[tool.poetry.group.dev.dependencies]\nredis = "^6"\n',
        "docker-compose.yml": WEB,
    }
    passes("compose-cache", files)
