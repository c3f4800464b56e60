"""Images that stand on one that another Dockerfile of the same project builds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from copy import replace
from posixpath import join, normpath

from stackyard.formats.place import Line
from stackyard.formats.regexes import regex
from stackyard.project.compose import Service
from stackyard.project.dockerfiles import Dockerfile, Stage
from stackyard.project.processes import without_comments

_BUILD = regex(r"\b(?:docker|podman|nerdctl|buildah)\b[^\n;&|]*?\s(?:build|bud)\s(?P<rest>[^\n;&|]*)")
_OPTION = r"(?:^|\s)(?:{})[\s=]+[\"']?(?P<value>[^\s\"']+)"
_TAG = regex(_OPTION.format("-t|--tag"))
_FILE = regex(_OPTION.format("-f|--file"))
_TARGET = regex(_OPTION.format("--target"))

type Built = tuple[str, str, str | None]
"""An image's repository, the Dockerfile that builds it, and the stage; None for the last one."""


def linked(
    dockerfiles: tuple[Dockerfile, ...], services: Iterable[Service], lines: Callable[[], Iterable[Line]]
) -> tuple[Dockerfile, ...]:
    """Let stages stand on the stages of other Dockerfiles, where the project builds what they are made of.

    Args:
        dockerfiles: The Dockerfiles.
        services: The services of Compose, which name what they build.
        lines: Gives what CI and scripts run; called where some image may be the project's own.
    """
    wanted = {
        stage.image.repository
        for dockerfile in dockerfiles
        for stage in dockerfile.stages
        if stage.parent is None and stage.image.is_known and not stage.image.is_stock
    }
    if len(dockerfiles) < 2 or not wanted:
        return dockerfiles
    found: dict[str, Stage] = {}
    for repository, path, target in (*_of_compose(services), *_of_commands(dockerfiles, lines())):
        source = next((item for item in dockerfiles if item.path == path), None)
        if repository in wanted and source is not None:
            found.setdefault(repository, source.stage(target))
    return tuple(_on(dockerfile, found) for dockerfile in dockerfiles) if found else dockerfiles


def bases(dockerfiles: Iterable[Dockerfile]) -> frozenset[str]:
    """Give the paths of the Dockerfiles that others stand on."""
    return frozenset(
        part.where.path
        for dockerfile in dockerfiles
        for stage in dockerfile.stages
        for part in stage.lineage
        if part.where.path != dockerfile.path
    )


def _of_compose(services: Iterable[Service]) -> Iterator[Built]:
    for service in services:
        if service.build and service.image:
            yield service.image.repository, service.build.dockerfile, service.build.target


def _of_commands(dockerfiles: Iterable[Dockerfile], lines: Iterable[Line]) -> Iterator[Built]:
    paths = [dockerfile.path for dockerfile in dockerfiles]
    for line in lines:
        for match in _BUILD.finditer(without_comments(line.text)):
            file, target = _FILE.search(match["rest"]), _TARGET.search(match["rest"])
            context = match["rest"].split()[-1:] or ["."]
            name = normpath(file["value"] if file else join(context[0], "Dockerfile")).lstrip("/")
            # A script may be run in another folder.
            same = [path for path in paths if path == name] or [
                path for path in paths if path.endswith(f"/{name}")
            ]
            for tag in _TAG.finditer(match["rest"]) if len(same) == 1 else ():
                repository = re.sub(r":[^/:]*$", "", tag["value"])
                yield repository, same[0], target["value"] if target else None


def _on(dockerfile: Dockerfile, found: dict[str, Stage]) -> Dockerfile:
    """Put the first stages of a Dockerfile on those of others; one is never put on its own file."""
    stages: dict[str, Stage] = {}
    for stage in dockerfile.stages:
        parent = stages.get(stage.parent.name) if stage.parent else found.get(stage.image.repository)
        if parent is not None and (stage.parent or parent.where.path != dockerfile.path):
            stage = replace(stage, parent=parent)
        stages[stage.name] = stage
    return replace(dockerfile, stages=tuple(stages.values()))
