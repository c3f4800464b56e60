"""cache-redis."""

import pytest

from tests.rules.django import django, split
from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "stack/redis/settings.py",
    '"BACKEND": "django_redis.cache.RedisCache"',
    '"BACKEND": "django.core.cache.backends.locmem.LocMemCache"',
)


def cache(text: str, *packages: str) -> dict[str, str]:
    return django(f"CACHES = {{'default': {text}}}", *packages)


@pytest.mark.parametrize(
    "text",
    [
        "{'BACKEND': 'django_redis.cache.RedisCache'}",
        "{'BACKEND': 'django.core.cache.backends.redis.RedisCache'}",
        "{'BACKEND': 'django_prometheus.cache.backends.redis.RedisCache'}",
        "{'BACKEND': 'own.cache.Tiered'}",
        "env.cache('CACHE_URL', default='locmemcache://')",
        "{'BACKEND': 'x.locmem.LocMemCache' if DEBUG else 'django_redis.cache.RedisCache'}",
    ],
)
def test_redis_or_not_told(text: str) -> None:
    passes("cache-redis", cache(text, "django-redis"))


@pytest.mark.parametrize("backend", ["locmem.LocMemCache", "dummy.DummyCache", "memcached.PyMemcacheCache"])
def test_others(backend: str) -> None:
    flags(
        "cache-redis",
        cache(f"{{'BACKEND': 'django.core.cache.backends.{backend}'}}"),
        f"config/settings.py:2 {backend}",
    )


def test_nothing_is_set() -> None:
    flags("cache-redis", django("", "django-redis"), "config/settings.py CACHES is not set")
    passes("cache-redis", django(""))


def test_development_may_have_another() -> None:
    live = "CACHES = {'default': {'BACKEND': 'django_redis.cache.RedisCache'}}"
    passes("cache-redis", split("", live, "CACHES = {'default': {'BACKEND': 'x.locmem.LocMemCache'}}"))
