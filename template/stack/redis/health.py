"""Whether the cache's server answers."""

from django_redis import get_redis_connection  # type: ignore[import-untyped]


def redis() -> None:
    """Ask the cache's server."""
    get_redis_connection("default").ping()
