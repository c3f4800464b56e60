"""Grafana comes with its data sources.

A Grafana that is set up by hand is another one on each machine, and gone with its volume.

Looked at are Compose's services with an image of Grafana's: one that mounts nothing over `/etc/grafana`, has
no image of its own and no provisioning by variables is flagged, unless the repository provisions data sources
anywhere.

Standard: Monitoring & Logging: Prometheus + Grafana (open source).
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("grafana-provisioned", entry="grafana")
def check(project: Project) -> Iterator[Finding]:
    if project.files.matching("*/datasources/*.y*ml", "*datasource*.y*ml", "grafana*.tf"):
        return
    for service in project.services:
        image = service.image
        if (
            service.build
            or image is None
            or image.name not in {"grafana", "grafana-oss", "grafana-enterprise"}
        ):
            continue
        targets = [target for _, target in service.mounts]
        if any(target.startswith("/etc/grafana") for target in targets):
            continue
        if any("PROVISIONING" in name for name in service.environment) or service.entries.get("configs"):
            continue
        yield Finding(
            service.where,
            f"the service {service.name} runs Grafana without a data source",
            "mount a folder with `datasources/*.yml` at /etc/grafana/provisioning",
        )
