"""Development's database, cache and brokers listen on this machine alone.

`"5432:5432"` opens the port on every address of a laptop, past its firewall: whoever is in the same café can
try the password, which is `postgres`. With `127.0.0.1:` before it, all on the machine itself still reach it.

Production's files are the matter of `compose-servers-unpublished`.

Standard: docker-compose.yml, essential services: only web has `ports`.
"""

import re
from collections.abc import Iterator

from stackyard.project.compose import Port
from stackyard.project.facts import Project
from stackyard.rule import Edit, Finding, rule


@rule("compose-ports-local", entry="compose-data")
def check(project: Project) -> Iterator[Finding]:
    for compose, service in project.containers.servers("postgresql", "redis", "rabbitmq", "kafka"):
        for port in service.ports if not compose.is_production else ():
            # A port without a colon gets one at random.
            if ":" in port.text and not port.is_local and "$" not in port.address:
                yield Finding(
                    port.where,
                    f"the port {port.text} of {service.name} is open on every address of the machine",
                    f"publish it as `127.0.0.1:{port.text.removeprefix(f'{port.address}:')}`",
                    _edits(project, port),
                )


def _edits(project: Project, port: Port) -> tuple[Edit, ...]:
    is_plain = re.fullmatch(r"\d+:\d+(?:/tcp)?", port.text)
    if not is_plain or not re.search(rf"(?<![\d.:]){port.text}(?!\d)", project.files.line(port.where)):
        return ()
    return (Edit(port.where.path, port.text, f"127.0.0.1:{port.text}", port.where.line),)
