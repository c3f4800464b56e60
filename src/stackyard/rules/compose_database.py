"""Compose brings up PostgreSQL.

Developers and CI want the database that production has, not one that each of them installed some day. Any
Compose file counts, and any image of PostgreSQL (PostGIS, TimescaleDB, pgvector, one of your own on it). A
project without a driver for PostgreSQL is not looked at, nor one with a service whose name says database and
whose image is not known.

Standard: docker-compose.yml, essential services: db, postgres:16.
"""

import re
from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_DATABASE = regex(
    r"(?:^|[-_])(?:db|database|postgres\w*|pg|sql|mysql|mariadb|cockroach\w*)(?:$|[-_\d])", re.IGNORECASE
)


@rule("compose-database", entry="compose-services")
def check(project: Project) -> Iterator[Finding]:
    driver = project.standard.technologies.get("psycopg2-binary")
    if not project.composes or driver is None or not project.packages.has(*driver.packages):
        return
    if project.containers.servers("postgresql") or any(map(_DATABASE.search, project.containers.names)):
        return
    yield Finding(
        Place(project.composes[0].path),
        "no Compose file brings up a PostgreSQL, and the project has a driver for it",
        "add a service `db` with an image such as postgres:17, a volume and a health check",
    )
