"""Production's cache is Redis.

Django's default is a cache in each process' own memory: what one worker keeps, another does not see, and
counters, such as those of throttling, are as many as there are workers. django-redis and Django's own
backend count, and so do others that have Redis in their name. A cache whose address comes from the
environment is taken for good, and a project that has no package for Redis at all lacks more than a setting:
that is not this rule's.

Standard: Database & Storage, Caching: Redis 7+ (django-redis).
"""

import re
from collections.abc import Iterator

from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.project.settings.values import UNSET, Table
from stackyard.rule import Finding, rule

_OTHERS = regex(r"locmem|dummy|filebased|\.db\.|memcache|pylibmc", re.IGNORECASE)


@rule("cache-redis", entry="redis")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    if settings is None:
        return
    if settings.values("CACHES") == [UNSET] and project.packages.has("django-redis", "redis"):
        yield Finding(
            settings.place("CACHES"), "CACHES is not set: each process has a cache of its own", _REMEDY
        )
    caches = settings.table("CACHES")
    default = caches.get("default") if caches else None
    backend = default.get("BACKEND") if isinstance(default, Table) else None
    if isinstance(backend, str) and isinstance(default, Table) and _OTHERS.search(backend):
        yield Finding(
            default.place("BACKEND") or settings.place("CACHES"), f"production's cache is {backend}", _REMEDY
        )


_REMEDY = 'use Redis: "django_redis.cache.RedisCache", its address from the environment'
