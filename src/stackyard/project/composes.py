"""Which of a project's files are Compose's, and which of them go together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import dirname

from stackyard.formats.regexes import regex
from stackyard.formats.yamls import Mapping
from stackyard.project.compose import Compose
from stackyard.project.documents import Documents
from stackyard.project.examples import example_values
from stackyard.project.files import Files
from stackyard.project.merging import Merging, included

_SERVICES = regex(r"^[\"']?services[\"']?:", re.MULTILINE)
_OF_SERVICES = {
    "image",
    "build",
    "extends",
    "command",
    "environment",
    "ports",
    "volumes",
    "depends_on",
    "restart",
}
_SHOWN = regex(r"(?:^|/)(?:docs?|documentation|examples?|samples?)/", re.IGNORECASE)
_PART = regex(r"(?:^|[-_.])(?:base|common|shared)(?:[-_.]|$)", re.IGNORECASE)

_OF_DEVELOPERS = regex(r"(?:^|[-_.])(?:dev|develop|development|local)(?:[-_.]|$)", re.IGNORECASE)


def read_composes(documents: Documents) -> tuple[Compose, ...]:
    """Tell what Compose files bring up: an entry for each command there would be, the shallowest first.

    Those of documentation and of examples are left out.
    """
    files = documents.files
    contents = {
        path: content
        for path in files.matching("*.yml", "*.yaml")
        if not is_documentation(files, path)
        and _SERVICES.search(files.text(path))
        and (content := documents.yaml(path)) is not None
        and _has_services(content)
    }
    merging = Merging(documents.yaml, example_values(files))
    taken_in = {path for base in contents for path in included(base, contents[base])}
    return tuple(merging.compose(*paths) for paths in _commands(contents, taken_in))


def is_documentation(files: Files, path: str) -> bool:
    """Say whether a file shows somebody how it may be done, and is not what the project itself runs.

    Args:
        files: The project's files: an example with a manage.py is a project of its own.
        path: The file.
    """
    match = _SHOWN.search(path)
    return match is not None and not any(
        other.startswith(path[: match.end()]) for other in files.matching("manage.py")
    )


def _has_services(content: Mapping) -> bool:
    """Say whether a file is one of Compose, whatever its name."""
    services = content.get("services")
    return isinstance(services, Mapping) and any(
        isinstance(service, Mapping) and _OF_SERVICES & service.keys() for service in services.values()
    )


def _commands(contents: dict[str, Mapping], taken_in: set[str]) -> Iterator[tuple[str, ...]]:
    """Tell which files go together: one that leaves out what a service is made of stands over another one."""
    overrides = {_override(path) for path in contents}
    alone = [
        path for path in contents if path not in taken_in | overrides and not _is_overlay(contents[path])
    ]
    parts = [path for path in alone if _PART.search(_name(path)) and len(contents) > 1]
    over = {
        path: _base(path, alone)
        for path in contents
        if not (path in taken_in or path in alone or ".override." in path)
    }
    # What builds an image, and what only developers put over it, is no command without that.
    parts += {base for path, base in over.items() if base and _OF_DEVELOPERS.search(_name(path))} & {
        path
        for path in alone
        if _is_first(path) and _override(path) not in contents and _builds(contents[path])
    }
    for path in alone:
        if path in parts:  # never brought up by itself
            continue
        override = _override(path)
        yield (path, override) if override in contents else (path,)
    for path, base in over.items():
        yield (base, path) if base else (path,)


def _base(path: str, alone: list[str]) -> str | None:
    """Give the file that one stands over: of the same folder, by the name that Compose looks for, at best."""
    return min(alone, key=lambda other: (dirname(other) != dirname(path), not _is_first(other)), default=None)


def _builds(content: Mapping) -> bool:
    return any(
        isinstance(service, Mapping) and "build" in service for service in content["services"].values()
    )


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _is_first(path: str) -> bool:
    """Say whether a file is the one that others stand over, by its name."""
    return re.fullmatch(r"(?:docker-)?compose\.ya?ml", _name(path)) is not None


def _override(path: str) -> str:
    """Give the file that `docker compose` takes over one without being told."""
    return re.sub(r"\.(ya?ml)$", r".override.\1", path)


def _is_overlay(content: Mapping) -> bool:
    services = content["services"]
    return any(
        isinstance(service, Mapping) and not {"image", "build", "extends"} & service.keys()
        for service in services.values()
    )
