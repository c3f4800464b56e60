"""Where the database is, and its password, come from the environment.

A password in the settings is known to all who have the repository, and stays in its history. An address in
them ties every environment to one server. Looked at is the database called `default` in production's
settings; a SQLite file is another rule's matter.

Standard: Security, Secrets Management: environment variables; Database Hosting: managed PostgreSQL.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.project.settings.values import Table
from stackyard.rule import Finding, rule


@rule("database-from-environment", entry="settings-environment")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    databases = settings.table("DATABASES") if settings else None
    default = databases.get("default") if databases else None
    where = (databases.place("default") if databases else None) or (
        settings.place("DATABASES") if settings else None
    )
    if where is None or not databases:
        return
    if isinstance(default, str) and "@" in default:
        yield Finding(where, "the database's address is written in the settings", _REMEDY)
    elif isinstance(default, Table) and "sqlite" not in str(default.get("ENGINE")):
        password = default.get("PASSWORD")
        if isinstance(password, str) and password:
            yield Finding(
                default.place("PASSWORD") or where,
                "the database's password is written in the settings",
                "read it from the environment, and give the database a new one: this one is known",
            )
        elif isinstance(default.get("HOST"), str) and _is_written(default):
            yield Finding(
                default.place("HOST") or where, "the database's address is written in the settings", _REMEDY
            )


def _is_written(table: Table) -> bool:
    """Say whether each part of an address is in the settings."""
    parts = [table.get(key) for key in ("HOST", "PORT", "NAME", "USER", "PASSWORD")]
    return table.is_whole and all(part is None or isinstance(part, (str, int)) for part in parts)


_REMEDY = "read DATABASE_URL, or the address' parts, from the environment"
