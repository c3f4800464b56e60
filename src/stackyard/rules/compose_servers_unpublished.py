"""Production's database, cache and brokers are not on the network.

A published port is open on every address of the machine, past its firewall: Docker's own rules come first.
Services of one Compose file reach each other by name, and need no ports for it. A port on 127.0.0.1 passes.
Looked at are files whose name says production, staging or the like; development's are the matter of
`compose-ports-local`.

Standard: docker-compose.yml, essential services: only web has `ports`.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("compose-servers-unpublished", entry="compose-data")
def check(project: Project) -> Iterator[Finding]:
    for compose, service in project.containers.servers("postgresql", "redis", "rabbitmq", "kafka"):
        for port in service.ports if compose.is_production else ():
            if not port.is_local and "$" not in port.address:
                yield Finding(
                    port.where,
                    f"the port {port.text} of {service.name} is published on every address of the machine",
                    "take `ports` out: services reach it by its name; or publish it on 127.0.0.1 alone",
                )
