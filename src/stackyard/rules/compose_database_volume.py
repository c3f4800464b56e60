"""PostgreSQL keeps its data in a volume.

Without one, the data are gone with the container: with `docker compose down`, or a new version of the image.
A named volume and a folder of the host count, for the folder of the data or one above it. A database that is
in memory on purpose (`tmpfs`) or in a Compose file for tests passes; that of another program, such as
Keycloak's, is that program's matter.

Standard: docker-compose.yml, essential services: db, volumes: postgres_data.
"""

from collections.abc import Iterator

from stackyard.project.compose import Service
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("compose-database-volume", entry="compose-data")
def check(project: Project) -> Iterator[Finding]:
    for compose, service in project.containers.servers("postgresql"):
        if not compose.is_test and not _keeps(service) and not project.containers.of_others(service):
            yield Finding(
                service.where,
                f"the service {service.name} keeps its data in no volume",
                "add `volumes: [postgres_data:/var/lib/postgresql/data]`; from 18 on, `/var/lib/postgresql`",
            )


_ASIDE = (
    "/docker-entrypoint-initdb.d",
    "/etc/",
    "/backup",
    "/tmp",  # nosec B108 # named, not used
    "/usr/",
    "/scripts",
    "/sql",
    "/certs",
)


def _keeps(service: Service) -> bool:
    if any(key in service.entries for key in ("tmpfs", "volumes_from")):
        return True
    targets = [target for source, target in service.mounts if source or "$" in target]
    return any(
        not target.startswith(_ASIDE) and not target.endswith((".sql", ".sh", ".conf")) for target in targets
    )
