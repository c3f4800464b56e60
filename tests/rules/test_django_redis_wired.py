"""django-redis-wired."""

import pytest

from tests.rules.django import django
from tests.rules.repo import Break, flags, passes

USE = "from django_redis import get_redis_connection"
BREAK = Break(
    "stack/redis/settings.py",
    "django_redis.cache.RedisCache",
    "django.core.cache.backends.redis.RedisCache",
    more=(
        Break("stack/redis/health.py", USE, "from elsewhere import get_redis_connection"),
        Break("stack/websockets/places.py", USE, "from elsewhere import get_redis_connection"),
        Break("stack/throttling/window.py", USE, "from elsewhere import get_redis_connection"),
    ),
)
OTHER = "CACHES = {'default': {'BACKEND': 'django.core.cache.backends.redis.RedisCache'}}"


@pytest.mark.parametrize(
    "text",
    [
        "CACHES = {'default': {'BACKEND': 'django_redis.cache.RedisCache'}}",
        "CACHES = {'default': env.cache('REDIS_URL')}",
        "CACHES = caches()",
        "CACHES = {'default': {'BACKEND': backend()}}",
        "",
    ],
)
def test_a_cache_or_not_told(text: str) -> None:
    passes("django-redis-wired", django(text, "django-redis"))


def test_its_own_code_uses_it() -> None:
    passes(
        "django-redis-wired",
        django(OTHER, "django-redis", shop__locks="from django_redis import get_redis_connection\n"),
    )


def test_not_installed() -> None:
    passes("django-redis-wired", django(OTHER))


def test_nothing_uses_it() -> None:
    flags("django-redis-wired", django(OTHER, "django-redis"), "pyproject.toml:4 CACHES uses django.core")
