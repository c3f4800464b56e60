"""The application's containers have no more rights than they need.

`privileged: true` is root on the host, and so is whoever may write to Docker's socket: a hole in the
application is one in the machine, then. Looked at are services of the project's own code; a proxy that reads
the socket is another matter.

Standard: Docker, best practices: non-root user for security.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("compose-not-privileged", entry="docker-non-root")
def check(project: Project) -> Iterator[Finding]:
    for _, service in project.containers.services:
        if not project.containers.is_app(service):
            continue
        if service.entries.get("privileged") is True:
            yield Finding(
                service.place("privileged"),
                f"the service {service.name} is privileged: it is root on the host",
                "take `privileged` out, and name what it needs under `cap_add` or `devices`",
            )
        if any(source.endswith("/docker.sock") for source, _ in service.mounts):
            yield Finding(
                service.place("volumes"),
                f"the service {service.name} has Docker's socket, which is as good as root on the host",
                "take the mount out, or put a proxy between that lets through what it needs",
            )
