"""The image starts gunicorn or uvicorn.

`runserver` is for development: it takes one slow client to hold it up, it restarts when a file changes, and
its authors ask not to put it on the internet. It counts what `CMD` and `ENTRYPOINT` say and the scripts that
they start, or what Compose in production, a Procfile or a manifest runs instead. Daphne, Granian, Hypercorn
and uWSGI are servers as well. A command that nothing here shows (a script of a base image) passes.

Standard: Docker, key points: set CMD to gunicorn; Web server: Gunicorn, Uvicorn.
"""

import re
from collections.abc import Iterable, Iterator

from stackyard.formats.regexes import regex
from stackyard.project.app_images import AppImage
from stackyard.project.containers import command
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_SERVER = regex(
    r"\b(?:gunicorn|uvicorn|daphne|granian|hypercorn|uwsgi|waitress|mod_wsgi|supervisord?|unitd)\b",
    re.IGNORECASE,
)
_DEVELOPMENT = regex(r"\brunserver(?:_plus)?\b")


@rule("docker-command", entry="docker-command")
def check(project: Project) -> Iterator[Finding]:
    started = project.containers.started
    texts = {
        image: started(command(image.stage), image.dockerfile)
        for image in project.app_images
        if image.is_deployed
    }
    if any(_SERVER.search(text) for text in texts.values()):
        return
    is_elsewhere = _is_elsewhere(project)
    for image, text in texts.items():
        last = image.stage.last("CMD") or image.stage.last("ENTRYPOINT")
        if last and _DEVELOPMENT.search(text) and (_is_deployed(project, image) or not is_elsewhere):
            yield Finding(
                last.where,
                "what is deployed starts `runserver`, Django's server for development",
                'start gunicorn or uvicorn: `CMD ["gunicorn", "config.wsgi:application"]`',
            )
            return
    if texts and not is_elsewhere and not any(texts.values()) and _are_stock(texts):
        yield Finding(
            list(texts)[0].stage.where,
            "the image has no command, and nothing in the project starts gunicorn or uvicorn",
            'add one: `CMD ["gunicorn", "config.wsgi:application"]`',
        )


def _are_stock(images: Iterable[AppImage]) -> bool:
    return all(image.stage.base.is_stock for image in images)


def _is_deployed(project: Project, image: AppImage) -> bool:
    """Say whether a service in production runs an image with the command that it has."""
    return any(
        compose.is_production and not service.command and project.containers.stage(service) is image.stage
        for compose, service in project.containers.services
    )


def _is_elsewhere(project: Project) -> bool:
    """Say whether Compose, a script, a Procfile or a manifest starts a server."""
    services = (
        project.containers.started(service.command, project.containers.dockerfile(service))
        for _, service in project.containers.services
    )
    others = (line.text for line in project.processes if not line.where.line)  # whole files
    return any(_SERVER.search(text) for text in (*services, *others))
