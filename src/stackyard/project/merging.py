"""How the files of one `docker compose` command become one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Mapping as AnyMapping
from copy import replace
from posixpath import dirname, join, normpath
from typing import Any

from stackyard.formats.place import Place
from stackyard.formats.variables import expand
from stackyard.formats.yamls import Mapping, Sequence
from stackyard.project.compose import Compose, Service

DEPTH = 8
"""So many files include or extend one another, at most."""

_JOINED = {
    "ports",
    "expose",
    "external_links",
    "dns",
    "dns_search",
    "tmpfs",
    "env_file",
    "cap_add",
    "cap_drop",
    "secrets",
    "configs",
    "profiles",
}
"""The lists that an override adds to; it takes the place of all others."""

_KEYED = {
    "environment",
    "labels",
    "depends_on",
    "networks",
    "build",
    "deploy",
    "healthcheck",
    "logging",
    "ulimits",
    "extra_hosts",
    "sysctls",
}
"""The entries of names and values, in either way of writing, that an override adds to."""

type Reader = Callable[[str], Mapping | None]
"""Gives a Compose file by its path, relative to the project's folder; None if there is none."""


class Merging:
    """Puts Compose files together.

    Attributes:
        read: Gives a file.
        variables: What the variables in them are taken for.
    """

    def __init__(self, read: Reader, variables: AnyMapping[str, str]) -> None:
        """Take where the files and the variables are."""
        self.read = read
        self.variables = variables

    def compose(self, *paths: str) -> Compose:
        """Put files together.

        Args:
            paths: The files, each over those before it.
        """
        services: dict[str, Service] = {}
        volumes: set[str] = set()
        for path in paths:
            self._take(path, services, volumes, DEPTH)
        return Compose(paths[-1], services, paths, frozenset(volumes))

    def _take(self, path: str, services: dict[str, Service], volumes: set[str], depth: int) -> None:
        content = self.read(path)
        if content is None or not depth:
            return
        for other in included(path, content):
            self._take(other, services, volumes, depth - 1)
        named = content.get("volumes")
        volumes |= set(named) if isinstance(named, dict) else set()
        entries = content.get("services")
        for name in entries if isinstance(entries, Mapping) else ():
            service = self._service(path, name, depth)
            if service is not None:
                below = services.get(name)
                services[name] = replace(_over(below, service), where=below.where) if below else service

    def _service(self, path: str, name: str, depth: int) -> Service | None:
        content = self.read(path)
        entries = content.get("services") if content is not None else None
        if not isinstance(entries, Mapping) or not depth:
            return None
        entry, line = entries.get(name), entries.lines.get(name, 0)
        entry = entry if isinstance(entry, Mapping) else Mapping(line)
        service = Service(
            name,
            {
                # A variable's values stay as written: what they come from is what is asked of them.
                key: value if key == "environment" else self._expanded(value)
                for key, value in entry.items()
                if key != "extends"
            },
            {key: Place(path, number) for key, number in entry.lines.items()},
            Place(path, line),
            dirname(path),
            frozenset(entry.tags),
        )
        service.entries.update({key: None for key, tag in entry.tags.items() if tag == "!reset"})
        extends = entry.get("extends")
        if extends is None:
            return service
        wanted = extends if isinstance(extends, dict) else {"service": extends}
        file = wanted.get("file")
        source = _beside(path, file) if isinstance(file, str) else path
        parent = self._service(source, str(wanted.get("service")), depth - 1)
        return service if parent is None else _over(parent, service)

    def _expanded(self, value: Any) -> Any:
        if isinstance(value, str):
            return expand(value, self.variables) if "$" in value else value
        if isinstance(value, Mapping):
            mapping = Mapping(value.line)
            mapping.lines, mapping.tags = value.lines, value.tags
            mapping.update({key: self._expanded(entry) for key, entry in value.items()})
            return mapping
        if isinstance(value, Sequence):
            sequence = Sequence(value.line)
            sequence.lines = value.lines
            sequence.extend(self._expanded(entry) for entry in value)
            return sequence
        return value


def _over(base: Service, top: Service) -> Service:
    entries = dict(base.entries)
    for key, value in top.entries.items():
        entries[key] = value if key in top.replaced else _merged(key, entries.get(key), value)
    return Service(top.name, entries, base.places | top.places, top.where, base.folder)


def _merged(key: str, base: Any, top: Any) -> Any:
    if base is None or top is None:
        return top
    if key in _KEYED:
        below, above = _keyed(key, base), _keyed(key, top)
        return below | {
            name: _merged(name, below.get(name), value) if isinstance(value, dict) else value
            for name, value in above.items()
        }
    if key == "volumes":
        return _joined({_target(item): item for item in _listed(value)} for value in (base, top))
    if key in _JOINED:
        return _joined({str(item): item for item in _listed(value)} for value in (base, top))
    if isinstance(base, dict) and isinstance(top, dict):
        return base | top
    return top


def _keyed(key: str, value: Any) -> dict[str, Any]:
    """Give an entry as names and values, in whichever way it is written."""
    if isinstance(value, dict):
        return dict(value)
    if key == "build":
        return {"context": value}
    if key == "depends_on":
        return {str(item): {} for item in _listed(value)}
    pairs = (str(item).partition("=") for item in _listed(value))
    return {name: text if equals else None for name, equals, text in pairs}


def _target(volume: Any) -> str:
    if isinstance(volume, dict):
        return str(volume.get("target"))
    parts = str(volume).split(":")
    return parts[1] if len(parts) > 1 else parts[0]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _joined(lists: Iterable[dict[str, Any]]) -> Sequence:
    entries: dict[str, Any] = {}
    for items in lists:
        entries |= items
    joined = Sequence()
    joined.extend(entries.values())
    return joined


def included(path: str, content: Mapping) -> list[str]:
    """Give the files that a Compose file includes.

    Args:
        path: The file.
        content: What it says.
    """
    includes = content.get("include")
    found = []
    for include in includes if isinstance(includes, list) else []:
        wanted = include.get("path") if isinstance(include, dict) else include
        names = wanted if isinstance(wanted, list) else [wanted]
        found += [_beside(path, name) for name in names if isinstance(name, str)]
    return found


def _beside(path: str, other: str) -> str:
    return normpath(join(dirname(path), other))
