"""Development's Compose mounts the sources.

What is edited is run at once, without a new image for each line. It counts a mount of a folder of the project
into a service of its own code, or `develop.watch`, in any file that is not production's. A project that has
none of its code's services in such a file is not looked at.

Standard: Docker, best practices: volume mounts for development (hot reload).
"""

from collections.abc import Iterator

from stackyard.project.compose import Service
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("compose-source-mounted", entry="compose-reload")
def check(project: Project) -> Iterator[Finding]:
    services = [
        service
        for compose, service in project.containers.services
        if not compose.is_production and not compose.is_test and project.containers.is_app(service)
    ]
    if services and not any(_reloads(service) for service in services):
        yield Finding(
            services[0].where,
            f"the service {services[0].name} runs the code that was there when its image was built",
            "mount the sources, `volumes: [.:/app]`, or add `develop.watch`",
        )


def _reloads(service: Service) -> bool:
    develop = service.entries.get("develop")
    if isinstance(develop, dict) and develop.get("watch"):
        return True
    return any(source.startswith((".", "/", "~", "$")) for source, _ in service.mounts)
