"""Every image that is built on, or copied from, has a version.

`python`, `python:latest` and `python:slim` are another Python from one day to the next: the build breaks on a
day when nobody changed anything, or worse, does not. A stage before it, what the project builds itself, a
digest, and what a build argument without a default decides, all pass. An image is told once of a Dockerfile.

Standard: Docker, docker-compose.yml, essential services: each image has a version.
"""

import re
from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.project.dockerfiles import Dockerfile
from stackyard.project.facts import Project
from stackyard.project.images import Image
from stackyard.rule import Finding, rule


@rule("docker-images-pinned", entry="docker-images-pinned")
def check(project: Project) -> Iterator[Finding]:
    for dockerfile in project.dockerfiles:
        told: set[Image] = set()
        for image, where in _images(dockerfile):
            if image in told:
                continue
            told.add(image)
            if image.is_known and not image.is_pinned and not _is_own(project, image):
                yield Finding(
                    where,
                    f"the image {image.text} has no version",
                    f"name the one that you build on, such as `{image.pinned}`",
                )


def _images(dockerfile: Dockerfile) -> Iterator[tuple[Image, Place]]:
    names = {name for stage in dockerfile.stages for name in (stage.name.lower(), "scratch", "context")}
    for stage in dockerfile.stages:
        if stage.parent is None and stage.image.text.lower() not in names:
            yield stage.image, stage.where
        for copy in stage.instructions:
            source = copy.flag("from") if copy.name == "COPY" else None
            # A name without a tag may be a context of one's own, which the command that builds it names.
            if source and source.lower() not in names and re.search(r"[:/.]", source):
                yield Image(source), copy.where


def _is_own(project: Project, image: Image) -> bool:
    """Say whether the project builds it, by Compose or by a command."""
    if any(service.build and service.image == image for service in project.services):
        return True
    name = re.compile(rf"(?:-t|--tag)[\s=]+[\"']?{re.escape(image.repository)}(?![\w./-])")
    return any(name.search(line.text) for line in (*project.scripts, *project.ci_commands))
