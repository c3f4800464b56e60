"""Prometheus: off until PROMETHEUS_PORT is set.

The two lists are empty when it is off, so that nobody pays for what nobody reads.
"""

from stack.environment import env
from stack.postgresql.settings import DATABASES
from stack.redis.settings import CACHES

PROMETHEUS_PORT: int | None = env.int("PROMETHEUS_PORT", default=None)
PROMETHEUS_ADDR: str = env.str("PROMETHEUS_ADDR", "127.0.0.1")

prometheus_apps = ["django_prometheus"] if PROMETHEUS_PORT else []
prometheus_first = ["django_prometheus.middleware.PrometheusBeforeMiddleware"] if PROMETHEUS_PORT else []
prometheus_last = ["django_prometheus.middleware.PrometheusAfterMiddleware"] if PROMETHEUS_PORT else []

if PROMETHEUS_PORT:
    DATABASES["default"]["ENGINE"] = "django_prometheus.db.backends.postgresql"
    CACHES["default"]["BACKEND"] = "django_prometheus.cache.backends.redis.RedisCache"
