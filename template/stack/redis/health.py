"""Whether the cache's server answers."""

from django_redis import get_redis_connection  # type: ignore[import-untyped]

get_redis_connection("default")  # connects to nothing, but loads its libraries: see stack.health.checks


def redis() -> None:
    """Ask the cache's server."""
    get_redis_connection("default").ping()
