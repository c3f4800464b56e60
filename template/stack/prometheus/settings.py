"""Prometheus: off until PROMETHEUS_PORT is set."""

from copy import deepcopy
from typing import Any

from django.conf import global_settings

from stack.environment import env

PROMETHEUS_PORT: int | None = env.int("PROMETHEUS_PORT", default=None)
PROMETHEUS_ADDR: str = env.str("PROMETHEUS_ADDR", "127.0.0.1")


def measure(settings: dict[str, Any]) -> None:
    """Put what counts in the place of what it counts; nothing while it is off, so that nobody pays for it.

    Args:
        settings: The project's, all of them.
    """
    if not PROMETHEUS_PORT:
        return
    settings["INSTALLED_APPS"].append("stack.prometheus")
    middleware = settings["MIDDLEWARE"]
    first = middleware.index("stack.health.middleware.health") + 1  # probes are not counted
    middleware.insert(first, "django_prometheus.middleware.PrometheusBeforeMiddleware")
    middleware.append("django_prometheus.middleware.PrometheusAfterMiddleware")
    for database in settings["DATABASES"].values():
        database["ENGINE"] = f"django_prometheus{database['ENGINE'].removeprefix('django')}"
    for cache in settings.setdefault("CACHES", deepcopy(global_settings.CACHES)).values():
        kind = cache["BACKEND"].rpartition(".")[2]  # such as LocMemCache, whose module is called locmem
        cache["BACKEND"] = f"django_prometheus.cache.backends.{kind.removesuffix('Cache').lower()}.{kind}"
