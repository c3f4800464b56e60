"""Prometheus scrapes the application.

A Prometheus in the repository that asks itself, the database and the broker, but not the application, has no
numbers of what users see.

Looked at is every file with `scrape_configs`: the targets and names of its jobs. Jobs that find their targets
by other ways than lists and DNS (Kubernetes, Consul, files), or by a variable, may find the application, and
a host that is no service of a Compose file may be it: then nothing is said. Only a project that exports
metrics is held to it.

Standard: Monitoring & Logging: Prometheus + Grafana (open source).
"""

from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.formats.yamls import Mapping
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_ITSELF = {"localhost", "127.0.0.1", "prometheus"}


@rule("prometheus-scraped", entry="prometheus")
def check(project: Project) -> Iterator[Finding]:
    if not project.packages.deployed("django-prometheus", "prometheus-client"):
        return
    built = {service.image.text for service in project.services if service.build and service.image}
    foreign = {
        service.name
        for service in project.services
        if not service.build and service.image and service.image.text not in built
    } | _ITSELF
    for path in project.files.matching("*prometheus*.y*ml", "*scrape*.y*ml"):
        content = project.yaml(path)
        hosts = _hosts(content) if content else None
        if content and hosts and hosts <= foreign:
            yield Finding(
                Place(path, content.lines["scrape_configs"]),
                f"Prometheus scrapes {', '.join(sorted(hosts))}, and not the application",
                "add a job whose target is the application's service and the port of its metrics",
            )


def _hosts(content: Mapping) -> set[str] | None:
    """Give the hosts that are scraped; None if not all of them are told."""
    found: set[str] = set()
    jobs = content.get("scrape_configs")
    for job in jobs if isinstance(jobs, list) else ():
        if not isinstance(job, Mapping):
            return None
        for key, entries in job.items():
            if key.endswith("_sd_configs") and key != "dns_sd_configs" or key == "scrape_config_files":
                return None
            if key in {"static_configs", "dns_sd_configs"}:
                found |= {name for entry in entries or () for name in _names(entry)}
    return None if any("$" in name or "{" in name for name in found) else found


def _names(entry: object) -> Iterator[str]:
    for key in ("targets", "names"):
        names = entry.get(key) if isinstance(entry, Mapping) else None
        for name in names if isinstance(names, list) else ():
            yield str(name).removeprefix("tasks.").partition(":")[0]
