"""The images that a project builds for its own code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from posixpath import dirname, join, normpath
from typing import NamedTuple

from stackyard.formats.place import Place, Problem, UnreadableError
from stackyard.formats.regexes import regex
from stackyard.project.bases import bases
from stackyard.project.compose import Compose
from stackyard.project.containers import copies
from stackyard.project.dockerfiles import Dockerfile, Stage
from stackyard.project.dockerignore import Dockerignore, find_dockerignore
from stackyard.project.files import Files

_OF_PROJECTS = ("manage.py", "pyproject.toml", "requirements.txt", "requirements", "setup.py", "src")
_ASIDE = regex(
    r"(?:^|[^a-z])(?:dev|development|local|test|tests|ci|docs?|debug|devcontainer)(?:[^a-z]|$)", re.IGNORECASE
)


class AppImage(NamedTuple):
    """An image that the project builds for its own code.

    Attributes:
        dockerfile: How it is built.
        stage: The stage that is built.
        context: The folder that is sent along, relative to the project's.
        dockerignore: What is left out of that folder; None without a file that can be read.
        is_deployed: Whether its name does not say that it is for development or tests.
    """

    dockerfile: Dockerfile
    stage: Stage
    context: str
    dockerignore: Dockerignore | None
    is_deployed: bool


def app_images(
    files: Files, dockerfiles: Iterable[Dockerfile], composes: Iterable[Compose]
) -> tuple[AppImage, ...]:
    """Give the images with the project's own code that a deployment runs.

    Those whose file's or stage's name says that they are for development or tests are left out, and so are
    those that surely take no manage.py in, unless there is no other; so are those that another one stands on
    and that start nothing themselves.
    """
    python = [dockerfile for dockerfile in dockerfiles if dockerfile.is_python]
    below = bases(python)
    python = [item for item in python if item.path not in below or item.final.last("CMD")]
    deployed = [dockerfile for dockerfile in python if not _ASIDE.search(dockerfile.path)] or python
    builder = _Images(files, tuple(composes))
    images = tuple(builder.image(dockerfile) for dockerfile in deployed)
    return tuple(image for image in images if builder.has_django(image)) or images


class _Images:
    def __init__(self, files: Files, composes: tuple[Compose, ...]) -> None:
        self.files = files
        self.composes = composes

    def image(self, dockerfile: Dockerfile) -> AppImage:
        """Tell what a deployment builds of a Dockerfile."""
        stage, context = self._built(dockerfile)
        ignore = self._dockerignore(dockerfile.path, context)
        return AppImage(dockerfile, stage, context, ignore, not _ASIDE.search(dockerfile.path))

    def has_django(self, image: AppImage) -> bool:
        """Say whether an image takes a manage.py in, or may do so."""
        folders = [dirname(path) for path in self.files.matching("manage.py")]
        stages = image.dockerfile.parts(image.stage)
        sources = [source for stage in stages for item in copies(stage) for source in item.words[:-1]]
        if not folders or not sources or any(set("*?[$<") & set(source) for source in sources):
            return True
        paths = [normpath(join(image.context, source.lstrip("/"))) for source in sources]
        return any(
            path == "."
            or f"{folder}/".startswith(f"{path}/")
            or path.startswith(f"{folder}/" if folder else "")
            for path in paths
            for folder in folders
        )

    def _built(self, dockerfile: Dockerfile) -> tuple[Stage, str]:
        """Tell the stage that a deployment builds, and of what folder."""
        builds = [
            (compose.is_production, service.build)
            for compose in self.composes
            for service in compose.services.values()
            if service.build and service.build.dockerfile == dockerfile.path
        ]
        builds.sort(key=lambda pair: not pair[0])
        context = builds[0][1].context if builds else self._context(dockerfile)
        targets = [build.target for is_production, build in builds if is_production and build.target]
        final = dockerfile.stage(targets[0] if targets else None)
        if not targets and _ASIDE.search(final.name):
            named = [
                stage
                for stage in dockerfile.stages
                if re.search(r"prod|runtime|release|final|app", stage.name)
            ]
            final = named[-1] if named else final
        return final, context

    def _dockerignore(self, dockerfile: str, context: str) -> Dockerignore | None:
        try:
            return find_dockerignore(self.files, dockerfile, context)
        except UnreadableError as error:
            self.files.problems.append(Problem(Place(join(context, ".dockerignore")), error.fact))
            return None

    def _context(self, dockerfile: Dockerfile) -> str:
        """Guess what folder is sent along: the nearest with what is copied, or else what projects have."""
        sources = [source.lstrip("./") for item in copies(dockerfile.final) for source in item.words[:-1]]
        wanted = [source for source in sources if source and not set("*?[$<") & set(source)]
        folder = dirname(dockerfile.path)
        while folder:
            if any(self._holds(folder, name) for name in wanted or _OF_PROJECTS):
                return folder
            folder = dirname(folder)
        return folder

    def _holds(self, folder: str, name: str) -> bool:
        path = join(folder, name).rstrip("/")
        return path in self.files or path in self._folders

    @cached_property
    def _folders(self) -> frozenset[str]:
        found: set[str] = set()
        for path in self.files.paths:
            while (path := dirname(path)) and path not in found:
                found.add(path)
        return frozenset(found)
