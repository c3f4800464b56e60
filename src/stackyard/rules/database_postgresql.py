"""Production's database is PostgreSQL.

Looked at is the engine of the database called `default` in production's settings: PostGIS, and engines that
wrap PostgreSQL's, count. An address that comes from the environment is taken for good, whatever its
default: it is the deployment that decides.

Standard: Database & Storage, Primary Database: PostgreSQL 16+.
"""

import re
from collections.abc import Iterator

from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.project.settings.values import UNSET, Table
from stackyard.rule import Finding, rule

_OTHERS = regex(r"sqlite|spatialite|mysql|mariadb|oracle|mssql|sql_server|pyodbc|djongo|mongo", re.IGNORECASE)


@rule("database-postgresql", entry="postgresql")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    if settings is None:
        return
    if settings.values("DATABASES") == [UNSET]:
        yield Finding(settings.place("DATABASES"), "DATABASES is not set: there is no database", _REMEDY)
    databases = settings.table("DATABASES")
    default = databases.get("default") if databases else None
    engine = default.get("ENGINE") if isinstance(default, Table) else default
    if isinstance(engine, str) and _OTHERS.search(engine.partition("://")[0]):
        where = default.place("ENGINE") if isinstance(default, Table) else None
        yield Finding(
            where or settings.place("DATABASES"),
            f"production's database is {engine.partition('://')[0]}",
            _REMEDY,
        )


_REMEDY = "use PostgreSQL: `django.db.backends.postgresql`, or an address `postgres://…` from the environment"
