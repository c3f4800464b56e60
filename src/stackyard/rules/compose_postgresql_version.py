"""PostgreSQL in Compose is of a version that the standard wants.

Each major version gets five years of fixes, and what is developed on one must run on production's. The image
that a service names counts, or that its Dockerfile stands on; of images whose tag does not tell PostgreSQL's
version, nothing is known, and the database of another program, such as Keycloak's, is that program's matter.

Standard: Primary database: PostgreSQL 16+.
"""

from collections.abc import Iterator

from packaging.version import Version

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("compose-postgresql-version", entry="postgresql")
def check(project: Project) -> Iterator[Finding]:
    technology = project.standard.technologies.get("postgresql")
    minimum = technology.minimum if technology else None
    for _, service in project.containers.servers("postgresql") if minimum else ():
        image = project.image(service)
        if project.containers.of_others(service):
            continue
        if image and image.version and image.version < Version(minimum or "0"):
            yield Finding(
                project.containers.image_place(service),
                f"the service {service.name} runs PostgreSQL {image.version}, which is older than {minimum}",
                f"take {minimum} or later: dump the data, make a new volume, and restore them",
            )
