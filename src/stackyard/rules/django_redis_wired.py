"""django-redis, where it is installed, is a cache.

It is the backend of a cache in CACHES, or of a class of the project's own; or the project's code asks it
for a connection. Otherwise it is a package for nothing: Django's own backend for Redis does not need it.
Looked at are production's settings; a cache whose address comes from the environment is taken for good.

Standard: Common Django Packages, recommended: django-redis (caching).
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.project.settings.values import UNSET
from stackyard.rule import Finding, rule


@rule("django-redis-wired", entry="django-redis")
def check(project: Project) -> Iterator[Finding]:
    settings, dependency = project.settings.production, project.packages.get("django-redis")
    if settings is None or dependency is None or project.code.uses("django_redis"):
        return
    caches = settings.table("CACHES")
    # Without any CACHES, that is what is wrong.
    if caches and settings.values("CACHES") != [UNSET]:
        backends = [caches.get(name, "BACKEND") for name in caches.entries]
        if caches.is_whole and all(isinstance(backend, str) for backend in backends):
            if all("redis" in str(backend).lower() for backend in backends):
                yield Finding(
                    dependency.where,
                    f"django-redis is installed, and CACHES uses {backends[0]}",
                    'name "django_redis.cache.RedisCache" there, or uninstall it',
                )
