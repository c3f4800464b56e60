"""Production's Compose file has no secret in it.

What stands in the file is in Git, for everybody who ever gets a copy. `environment` takes a value from the
machine by `${NAME}`, or from a file that is in no repository by `env_file` or `secrets`. Looked at are files
whose name says production, staging or the like: passwords of servers that only a developer's machine has do
no harm. Found are values of names such as `SECRET_KEY` and `DB_PASSWORD`, and passwords in addresses; in
every file, keys of known services.

Standard: Docker, best practices: environment variables via `.env` file.
"""

import re
from collections.abc import Iterator

from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.project.secrets import is_known_key, is_secret_name
from stackyard.rule import Finding, rule

_PASSWORD = regex(r"^[a-z][a-z0-9+.-]*://[^\s:/@$]*:[^\s@/$]+@", re.IGNORECASE)
_NO_SECRET = {"", "true", "false", "yes", "no", "on", "off", "0", "1", "none", "null"}


@rule("compose-no-inline-secrets", entry="compose-environment")
def check(project: Project) -> Iterator[Finding]:
    for compose, service in project.containers.services:
        for name, value in service.environment.items():
            if value is None or not (
                _is_secret(name, value) if compose.is_production else is_known_key(value)
            ):
                continue
            yield Finding(
                service.entry_place("environment", name),
                f"{name} of the service {service.name} has its value in {compose.path}",
                f"take it from outside: `{name}: ${{{name}}}`, or an `env_file` that Git ignores",
            )


def _is_secret(name: str, value: str) -> bool:
    if "$" in value or value.lower() in _NO_SECRET or value.startswith("/run/secrets"):
        return False
    return is_secret_name(name) or _PASSWORD.match(value) is not None
