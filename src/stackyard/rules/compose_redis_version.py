"""Redis in Compose is of a version that the standard wants.

The image that a service names counts, or that its Dockerfile stands on. Valkey has Redis' numbers; those of
KeyDB and Dragonfly are their own, and are not compared.

Standard: Caching: Redis 7+ (django-redis).
"""

import re
from collections.abc import Iterator

from packaging.version import Version

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("compose-redis-version", entry="redis")
def check(project: Project) -> Iterator[Finding]:
    technology = project.standard.technologies.get("redis")
    minimum = technology.minimum if technology else None
    for _, service in project.containers.servers("redis") if minimum else ():
        image = project.image(service)
        if (
            image is None
            or image.version is None
            or not re.search(r"^(?:redis|valkey)(?:-stack.*)?$", image.name)
        ):
            continue
        if image.version < Version(minimum or "0"):
            yield Finding(
                project.containers.image_place(service),
                f"the service {service.name} runs Redis {image.version}, which is older than {minimum}",
                f"take {minimum} or later, such as `redis:8-alpine`",
            )
