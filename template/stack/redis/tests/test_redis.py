"""The cache is Redis, and one that hangs is given up in time."""

import socket
import time
from uuid import uuid4

import pytest
from django.core.cache import cache
from django_redis import get_redis_connection  # type: ignore[import-untyped]
from pytest_django import Settings

from stack.environment import PROJECT_SLUG


@pytest.mark.proves("redis")
@pytest.mark.proves("django-redis")
def test_values_are_kept_in_a_real_server_until_they_expire() -> None:
    key = uuid4().hex
    cache.set(key, {"rows": [1, 2]}, timeout=100)
    server = get_redis_connection("default")
    stored = f"{PROJECT_SLUG}:1:{key}"
    assert cache.get(key) == {"rows": [1, 2]}
    assert 90 < server.ttl(stored) <= 100
    assert int(server.info("server")["redis_version"].partition(".")[0]) >= 7
    cache.delete(key)
    assert not server.exists(stored)


def test_a_server_that_hangs_is_given_up_in_time(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as black_hole:
        location = f"redis://127.0.0.1:{black_hole.getsockname()[1]}/0"
        settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": location}}
        started = time.monotonic()
        assert cache.get("key", "made anew") == "made anew"
    assert time.monotonic() - started < 5
