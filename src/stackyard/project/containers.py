"""What containers run: the project's own code or a server, by commands and the scripts that those start."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from functools import cached_property
from posixpath import join, normpath

from stackyard.formats.place import Place
from stackyard.formats.regexes import regex
from stackyard.project.compose import Build, Compose, Service
from stackyard.project.dockerfiles import Dockerfile, Instruction, Stage
from stackyard.project.files import Files
from stackyard.project.images import Image
from stackyard.project.processes import without_comments

_SCRIPTS = 20
"""So many scripts of one command are followed."""

_START = r"(?:^|&&|\|\||;|\bexec|-c)\s*['\"]?(?:\S*/)?"
_PROGRAMS = {
    "postgresql": regex(rf"{_START}postgres\b|docker-entrypoint"),
    "redis": regex(r"\b(?:redis|valkey|keydb)-server\b|\bdragonfly\b|docker-entrypoint|^\S+\.conf\b"),
    "rabbitmq": regex(r"\brabbitmq-server\b|docker-entrypoint"),
    "kafka": regex(
        r"kafka-server-start|kafka/docker/run|confluent/docker/run|redpanda start|docker-entrypoint"
    ),
}
_OF_APP = regex(r"\bmanage\.py\b|\b(?:gunicorn|uvicorn|daphne|granian|celery|django-admin)\b(?!.*\bflower\b)")


class Containers:
    """The images and services of a project.

    Attributes:
        files: Its files.
        dockerfiles: Its Dockerfiles.
        composes: What its Compose files bring up.
    """

    def __init__(
        self, files: Files, dockerfiles: tuple[Dockerfile, ...], composes: tuple[Compose, ...]
    ) -> None:
        """Take a project's files, and what they build and bring up."""
        self.files = files
        self.dockerfiles = dockerfiles
        self.composes = composes

    @property
    def services(self) -> Iterator[tuple[Compose, Service]]:
        """Every service, and what it is brought up with."""
        for compose in self.composes:
            for service in compose.services.values():
                yield compose, service

    @property
    def names(self) -> list[str]:
        """The names of all services."""
        return [service.name for _, service in self.services]

    def dockerfile(self, service: Service) -> Dockerfile | None:
        """Give the Dockerfile of the image that a service runs; None without one."""
        build = self._build(service)
        path = build.dockerfile if build else None
        return next((item for item in self.dockerfiles if item.path == path), None)

    def stage(self, service: Service) -> Stage | None:
        """Give the stage that a service runs; None if it is not built, or by no Dockerfile that is there."""
        dockerfile, build = self.dockerfile(service), self._build(service)
        return dockerfile.stage(build.target) if dockerfile and build else None

    def _build(self, service: Service) -> Build | None:
        """Tell how its image is built: here, or for another service."""
        return service.build or (self._built.get(service.image.repository) if service.image else None)

    @cached_property
    def _built(self) -> dict[str, Build]:
        return {
            service.image.repository: service.build
            for _, service in self.services
            if service.image and service.build
        }

    def image(self, service: Service) -> Image | None:
        """Give the image that a service runs, or that its Dockerfile stands on; None if that is not told."""
        stage = self.stage(service)
        return stage.base if stage else service.image

    def image_place(self, service: Service) -> Place:
        """Tell where that image is named."""
        stage = self.stage(service)
        return stage.lineage[0].where if stage else service.place("image")

    def command(self, service: Service) -> str:
        """Give what a service runs: its own command, or else that of the image that is built for it."""
        stage = self.stage(service)
        return service.command or (command(stage) if stage else "")

    def servers(self, *kinds: str) -> list[tuple[Compose, Service]]:
        """Give the services that run a server, and do not borrow its image for something else.

        Args:
            kinds: postgresql, redis, rabbitmq or kafka.
        """
        found = []
        for compose, service in self.services:
            image = self.image(service)
            if image and image.kind in kinds:
                words = self.command(service)
                if not words or words.startswith("-") or _PROGRAMS[image.kind].search(words):
                    found.append((compose, service))
        return found

    def of_others(self, service: Service) -> bool:
        """Say whether a server is there for another program's sake, such as Keycloak's database.

        That is so if services that are not the project's wait for it, and none of the project's does, while
        the project has another server of that kind.
        """
        image = self.image(service)
        waiting = [other for _, other in self.services if service.name in other.needs]
        if image is None or not waiting or any(map(self.is_app, waiting)):
            return False
        return any(
            self.is_app(other) and other.needs.keys() & self._called(image.kind) for _, other in self.services
        )

    def _called(self, kind: str | None) -> set[str]:
        return {
            name
            for _, service in self.services
            if (image := self.image(service)) and image.kind == kind
            for name in [service.name]
        }

    def is_app(self, service: Service) -> bool:
        """Say whether a service runs the project's own code, in an image of Python."""
        dockerfile = self.dockerfile(service)
        if dockerfile:
            return dockerfile.is_python
        return _OF_APP.search(service.command) is not None

    def is_watched(self, service: Service) -> bool:
        """Say whether a service has a health check: of its own, or that of the image that is built for it."""
        stage = self.stage(service)
        if "healthcheck" in service.entries or stage is None:
            return service.is_watched
        return has_healthcheck(stage)

    # Scripts

    def started(self, words: str, dockerfile: Dockerfile | None = None) -> str:
        """Give a command, and what the scripts of the project that it starts say, comments aside.

        Args:
            words: The command.
            dockerfile: What the image is built by, whose COPY says which script is which; without one, any of
                the project's that is called the same.
        """
        texts: dict[str, str] = {"": words}
        waiting = [words]
        while waiting:
            paths = (path for word in _split(waiting.pop()) for path in self._scripts(word, dockerfile))
            for path in paths:
                if path not in texts and len(texts) <= _SCRIPTS:
                    texts[path] = without_comments(self.files.text(path))
                    waiting.append(texts[path])
        return "\n".join(texts.values())

    def _scripts(self, word: str, dockerfile: Dockerfile | None) -> list[str]:
        name = word.rpartition("/")[2]
        # A copy may have another name.
        copied = self._copied(dockerfile, word) if dockerfile and word.startswith("/") else []
        if copied or not name or "*" in name or name not in self._by_name:
            return copied
        same = [path for path in self._by_name[name] if f"/{word.lstrip('./')}".endswith(f"/{path}")]
        return same or (self._by_name[name] if "/" in word or "." in word else [])

    def _copied(self, dockerfile: Dockerfile, target: str) -> list[str]:
        """Give the files that a Dockerfile copies to a path."""
        found = []
        for stage in dockerfile.stages:
            for copy in stage.instructions:
                if copy.name in {"COPY", "ADD"} and copy.flag("from") is None and len(copy.words) > 1:
                    *sources, end = copy.words
                    for source in sources:
                        whole = join(end, source.rpartition("/")[2]) if end.endswith("/") else end
                        if normpath(whole) == normpath(target):
                            found.append(normpath(source).lstrip("/"))
        names = self._by_name
        return [
            path
            for source in found
            for path in names.get(source.rpartition("/")[2], [])
            if f"/{path}".endswith(f"/{source}")
        ]

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        """The files that may be scripts, by their names."""
        found: dict[str, list[str]] = {}
        for path in self.files.paths:
            name = path.rpartition("/")[2]
            if name.endswith((".sh", ".bash")) or ("." not in name and name != "Dockerfile"):
                found.setdefault(name, []).append(path)
        return found


def command(stage: Stage) -> str:
    """Give what a stage runs, its entry point before it; empty if that is its base image's."""
    parts = (stage.last(name) for name in ("ENTRYPOINT", "CMD"))
    return " ".join(part.text for part in parts if part and part.text)


def has_healthcheck(stage: Stage) -> bool:
    """Say whether a stage has a health check."""
    last = stage.last("HEALTHCHECK")
    return last is not None and last.words[:1] != ("NONE",)


def copies(stage: Stage) -> list[Instruction]:
    """Give what puts files of the project into a stage."""
    return [item for item in stage.all("COPY", "ADD") if item.flag("from") is None]


def _split(words: str) -> list[str]:
    try:
        return shlex.split(words, comments=True)
    except ValueError:
        return words.split()
