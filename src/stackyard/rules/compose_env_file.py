"""The application's variables come from a .env file, not from the Compose file.

What differs from one machine to another (passwords, hosts, whether to debug) does not belong into a file that
all of them share. `env_file: .env` brings it in, or `${NAME}` under `environment`. Found are Compose files in
which services of the project's own code have variables, and none of these services takes one from outside;
files for tests pass.

Standard: Docker, best practices: environment variables via `.env` file.
"""

from collections.abc import Iterator

from stackyard.project.compose import Service
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("compose-env-file", entry="compose-environment")
def check(project: Project) -> Iterator[Finding]:
    for compose in project.composes:
        services = [service for service in compose.services.values() if project.containers.is_app(service)]
        written = [service for service in services if service.environment]
        if written and not compose.is_test and not any(map(_is_told, services)):
            yield Finding(
                written[0].place("environment"),
                f"the variables of the service {written[0].name} are written in {compose.path}, every one",
                "move those that differ to a .env file, and name it: `env_file: .env`",
            )


def _is_told(service: Service) -> bool:
    """Say whether a service takes something from outside."""
    if any(service.entries.get(key) for key in ("env_file", "secrets", "configs")):
        return True
    return any(value is None or "$" in value for value in service.environment.values())
