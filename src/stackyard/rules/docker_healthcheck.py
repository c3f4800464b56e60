"""Whether the application is well is asked of it, in production.

A process that runs and answers nothing (a deadlock, no connection left) stays in service until somebody
looks, unless something asks. It counts a `HEALTHCHECK` in the Dockerfile, a `healthcheck` of every Compose
service in production that runs the image, and probes in manifests of Kubernetes or of a platform. Images that
only run a worker are not looked at, nor those on a base image of a team's own, which may have one.

Standard: Docker, key points: include health check; best practices: health checks for all services.
"""

import re
from collections.abc import Iterator

from stackyard.formats.regexes import regex
from stackyard.project.app_images import AppImage
from stackyard.project.containers import command, has_healthcheck
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_PROBES = (
    r"(?:liveness|readiness)Probe|healthCheckPath|HealthCheck|http_checks"
    r"|\[\[?(?:http_service|services)\.(?:\w+_)?checks"
)
_WORKER = r"\bcelery|\brqworker\b|\bdramatiq\b|worker\b"
_SERVER = r"\b(?:gunicorn|uvicorn|daphne|granian|hypercorn|uwsgi)\b"  # has workers of its own
_ASIDE = regex(rf"^\w*(?:migrat|test)|{_WORKER}|\bpytest\b|\bcreatesuperuser\b|\bloaddata\b|\bmigrate\s*$")


@rule("docker-healthcheck", entry="docker-healthcheck")
def check(project: Project) -> Iterator[Finding]:
    for image in project.app_images:
        stage = image.stage
        if has_healthcheck(stage) or not stage.base.is_stock:
            continue
        if re.search(_WORKER, command(stage)) and not re.search(_SERVER, command(stage)):
            continue
        if not _is_watched(project, image):
            last = stage.last("HEALTHCHECK")
            yield Finding(
                last.where if last else stage.where,
                f"nothing asks whether {stage.title} is well",
                "add a `HEALTHCHECK` that requests a page which needs no log-in, such as /health/",
            )


def _is_watched(project: Project, image: AppImage) -> bool:
    """Say whether all that serves with an image has a check: in production, if something tells of that."""
    containers = project.containers
    serving = [
        (compose, service)
        for compose, service in containers.services
        if containers.dockerfile(service) is image.dockerfile
        and not _ASIDE.search(f"{service.name} {containers.started(service.command, image.dockerfile)}")
    ]
    deployed = [service for compose, service in serving if compose.is_production]
    if not deployed and project.process(_PROBES):
        return True
    running = deployed or [service for _, service in serving]
    return bool(running) and all(service.is_watched for service in running)
