"""Compose brings up Redis.

What talks to Redis in production talks to it in development, too: a cache of another kind hides what only
Redis does. Valkey, KeyDB and Dragonfly are Redis as well. A project that has no client for Redis is not
looked at.

Standard: docker-compose.yml, essential services: redis, redis:7-alpine.
"""

import re
from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_CLIENTS = ("django-redis", "channels-redis", "redis", "django-rq", "django-valkey")


@rule("compose-cache", entry="compose-services")
def check(project: Project) -> Iterator[Finding]:
    client = next(
        (item for item in project.packages.main if item.name in _CLIENTS or "redis" in item.extras), None
    )
    if client is None or not project.composes or project.containers.servers("redis"):
        return
    if any(re.search(r"redis|valkey|keydb|dragonfly|cache", name) for name in project.containers.names):
        return
    yield Finding(
        Place(project.composes[0].path),
        f"no Compose file brings up a Redis, and the project has a client for it: {client.name}",
        "add a service `redis` with an image such as redis:8-alpine and a health check",
    )
