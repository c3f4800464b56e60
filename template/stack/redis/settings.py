"""Redis: the cache, by django-redis."""

from stack.environment import PROJECT_SLUG, required
from stack.health.settings import HEALTH_CHECKS

CACHES = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": required("REDIS_URL", fallback="redis://127.0.0.1:6379/0"),
        "KEY_PREFIX": PROJECT_SLUG,  # projects may share a server
        "OPTIONS": {
            "SOCKET_CONNECT_TIMEOUT": 2,  # seconds
            "SOCKET_TIMEOUT": 2,
            "IGNORE_EXCEPTIONS": True,  # a cache that is away holds nothing
        },
    },
}
DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True
HEALTH_CHECKS["redis"] = "stack.redis.health.redis"
