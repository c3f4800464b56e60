"""The volume of PostgreSQL 18 is mounted where that keeps its data.

Since 18, the official image has its data in a folder for each version, below `/var/lib/postgresql`, and
declares a volume there. What is mounted at `/var/lib/postgresql/data`, as was right before, stays empty: the
data are in a volume without a name, which the next `docker compose down` leaves behind, or the server refuses
to start. A service that sets `PGDATA` itself passes.

Standard: docker-compose.yml, essential services: db, volumes: postgres_data.
"""

import re
from collections.abc import Iterator

from packaging.version import Version

from stackyard.project.compose import Service
from stackyard.project.facts import Project
from stackyard.rule import Edit, Finding, rule

_OLD = "/var/lib/postgresql/data"


@rule("compose-postgres-18-mount", entry="compose-data")
def check(project: Project) -> Iterator[Finding]:
    for _, service in project.containers.servers("postgresql"):
        image = project.image(service)
        if (
            image is None
            or image.version is None
            or not re.search(r"(?:^|/)(?:postgres|postgis)$", image.repository)
        ):
            continue
        is_old = any(target.rstrip("/") == _OLD for _, target in service.mounts)
        if image.version >= Version("18") and is_old and not _has_own_folder(project, service):
            place = service.place("volumes")
            yield Finding(
                place,
                f"the service {service.name} mounts its volume at {_OLD}, where PostgreSQL 18 keeps nothing",
                "mount it at /var/lib/postgresql",
                (Edit(place.path, f":{_OLD}", ":/var/lib/postgresql", place.line),),
            )


def _has_own_folder(project: Project, service: Service) -> bool:
    stage = project.containers.stage(service)
    return "PGDATA" in service.environment or bool(
        stage and any("PGDATA" in item.pairs for item in stage.all("ENV"))
    )
