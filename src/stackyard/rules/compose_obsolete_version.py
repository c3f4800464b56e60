"""Compose files have no `version`.

Compose has read the key for nothing since 2020, and warns of it with every command. A file for `docker stack
deploy` (its name says stack or swarm, or its services have `deploy` with `placement` or `update_config`) may
need it.

Standard: docker-compose.yml, which begins with `services`.
"""

import re
from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.formats.yamls import Mapping
from stackyard.project.facts import Project
from stackyard.rule import Edit, Finding, rule


@rule("compose-obsolete-version", entry="docker-compose")
def check(project: Project) -> Iterator[Finding]:
    paths = dict.fromkeys(path for compose in project.composes for path in compose.files)
    for path in paths:
        content = project.yaml(path)
        if (
            content is None
            or "version" not in content
            or re.search("stack|swarm", path)
            or _is_of_swarm(content)
        ):
            continue
        place = Place(path, content.lines["version"])
        line = project.files.line(place)
        yield Finding(
            place,
            f"`version` in {path} says nothing to Compose, which warns of it",
            "take the line out",
            (Edit(path, line, "", place.line),) if line.startswith(("version:", '"version":')) else (),
        )


def _is_of_swarm(content: Mapping) -> bool:
    services = content.get("services")
    deploys = (
        [item.get("deploy") for item in services.values() if isinstance(item, dict)]
        if isinstance(services, dict)
        else []
    )
    return any(
        isinstance(deploy, dict) and {"placement", "update_config"} & deploy.keys() for deploy in deploys
    )
