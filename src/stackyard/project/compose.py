"""Compose files, as `docker compose` puts them together: merge keys, includes, extends and overrides."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from posixpath import join, normpath
from typing import Any, NamedTuple

from stackyard.formats.place import Place
from stackyard.formats.regexes import regex
from stackyard.formats.yamls import Mapping, Sequence
from stackyard.project.images import Image

_PRODUCTION = regex(
    r"(?:^|[^a-z])(?:prod|production|live|deploy|deployment|stag|stage|staging|swarm)(?![a-z])"
    r"|(?:^|[^a-z])stack[^/]*$",  # the name of a file; a folder may be full-stack
    re.IGNORECASE,
)
_DEVELOPMENT = regex(r"(?:^|[^a-z])(?:dev|develop|development|local|tests?|ci)(?![a-z])", re.IGNORECASE)
_TEST = regex(r"(?:^|[^a-z])(?:tests?|testing|ci|e2e)(?![a-z])", re.IGNORECASE)


class Build(NamedTuple):
    """How a service's image is built.

    Attributes:
        context: The folder, relative to the project's; empty for that itself.
        dockerfile: The Dockerfile, relative to the project's folder.
        target: The stage; None for the final one.
    """

    context: str
    dockerfile: str
    target: str | None


class Port(NamedTuple):
    """A port that a service publishes.

    Attributes:
        text: As it is written.
        address: The address that it listens on; empty for every one.
        where: Where it is written.
    """

    text: str
    address: str
    where: Place

    @property
    def is_local(self) -> bool:
        """Whether it listens on this machine alone."""
        return self.address.startswith("127.") or self.address in {"localhost", "::1", "[::1]"}


class Service(NamedTuple):
    """A service.

    Attributes:
        name: Its name.
        entries: What its files say of it, one over the other.
        places: Where each of these entries is written.
        where: Where it is written itself.
        folder: The folder of the file that says so, relative to the project's.
        replaced: The entries that take the place of what they stand over, and are not added to it.
    """

    name: str
    entries: dict[str, Any]
    places: dict[str, Place]
    where: Place
    folder: str = ""
    replaced: frozenset[str] = frozenset()

    def place(self, key: str) -> Place:
        """Tell where an entry is written, or else the service."""
        return self.places.get(key, self.where)

    def entry_place(self, key: str, name: str) -> Place:
        """Tell where a name within an entry is written, of a list of `name=value` too, or else the entry."""
        entry, place = self.entries.get(key), self.place(key)
        if isinstance(entry, Mapping):
            return Place(place.path, entry.lines.get(name, place.line))
        lines = entry.lines if isinstance(entry, Sequence) else []
        for item, line in zip(entry or [], lines, strict=False):
            if str(item).partition("=")[0] == name:
                return Place(place.path, line)
        return place

    @property
    def image(self) -> Image | None:
        """Its image; None if it names none."""
        image = self.entries.get("image")
        return Image(image) if isinstance(image, str) and image else None

    @property
    def build(self) -> Build | None:
        """How its image is built; None if it is not."""
        entry = self.entries.get("build")
        if isinstance(entry, str):
            entry = {"context": entry}
        if not isinstance(entry, dict):
            return None
        context = _path(self.folder, str(entry.get("context") or "."))
        dockerfile = _path(context, str(entry.get("dockerfile") or "Dockerfile"))
        target = entry.get("target")
        return Build(context, dockerfile, target if isinstance(target, str) else None)

    @property
    def command(self) -> str:
        """What it runs, its entry point before it, as one line of a shell."""
        return " ".join(
            words for key in ("entrypoint", "command") if (words := _words(self.entries.get(key)))
        )

    @property
    def environment(self) -> dict[str, str | None]:
        """Its variables; None for one whose value comes from outside."""
        entry = self.entries.get("environment")
        if isinstance(entry, dict):
            return {name: None if value is None else _text(value) for name, value in entry.items()}
        pairs = (item.partition("=") for item in _texts(entry))
        return {name: value if equals else None for name, equals, value in pairs}

    @property
    def env_files(self) -> list[str]:
        """The files that its variables come from, relative to the project's folder."""
        entry = self.entries.get("env_file")
        entries = entry if isinstance(entry, list) else [entry]
        names = (item.get("path") if isinstance(item, dict) else item for item in entries)
        return [_path(self.folder, name) for name in names if isinstance(name, str)]

    @property
    def ports(self) -> list[Port]:
        """The ports that it publishes."""
        return list(self._ports())

    def _ports(self) -> Iterator[Port]:
        entry = self.entries.get("ports")
        lines = entry.lines if isinstance(entry, Sequence) else []
        for number, item in enumerate(entry if isinstance(entry, list) else []):
            place = self.place("ports")
            where = Place(place.path, lines[number]) if number < len(lines) else place
            if isinstance(item, dict):
                if item.get("published") is not None:
                    address = str(item.get("host_ip") or "")
                    yield Port(f"{item['published']}:{item.get('target')}", address, where)
            elif isinstance(item, str):
                address, colon, _ = item.rpartition(":")[0].rpartition(":")
                yield Port(item, address if colon else "", where)

    @property
    def mounts(self) -> list[tuple[str, str]]:
        """What it mounts: the source, empty for an anonymous volume, and the path in the container."""
        return list(self._mounts())

    def _mounts(self) -> Iterator[tuple[str, str]]:
        entry = self.entries.get("volumes")
        for item in entry if isinstance(entry, list) else []:
            if isinstance(item, dict):
                yield str(item.get("source") or ""), str(item.get("target") or "")
            elif isinstance(item, str):
                # A variable's default has colons of its own.
                source, colon, rest = re.sub(r"\$\{[^}]*\}", "$", item).partition(":")
                yield (source, rest.partition(":")[0]) if colon else ("", source)

    @property
    def needs(self) -> dict[str, str]:
        """The services that must have started before it, and the condition of each."""
        entry = self.entries.get("depends_on")
        if isinstance(entry, dict):
            return {
                name: (
                    str(value.get("condition") or "service_started")
                    if isinstance(value, dict)
                    else "service_started"
                )
                for name, value in entry.items()
            }
        return dict.fromkeys(_texts(entry), "service_started")

    @property
    def is_watched(self) -> bool:
        """Whether it has a health check of its own."""
        check = self.entries.get("healthcheck")
        if not isinstance(check, dict) or check.get("disable") is True:
            return False
        return check.get("test") not in (None, "NONE", ["NONE"])


class Compose(NamedTuple):
    """What one `docker compose` command brings up.

    Attributes:
        path: The file that decides: the last one.
        services: Its services, by name.
        files: The files, each over those before it.
        volumes: The names of its volumes.
    """

    path: str
    services: dict[str, Service]
    files: tuple[str, ...] = ()
    volumes: frozenset[str] = frozenset()

    @property
    def is_production(self) -> bool:
        """Whether its name says that it is for more than a developer's machine."""
        return _PRODUCTION.search(self.path) is not None and _DEVELOPMENT.search(self.path) is None

    @property
    def is_test(self) -> bool:
        """Whether its name says that it is there for tests to run in, and its data with them."""
        return _TEST.search(self.path) is not None


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _texts(entry: object) -> list[str]:
    return [item for item in entry if isinstance(item, str)] if isinstance(entry, list) else []


def _words(entry: object) -> str:
    if isinstance(entry, list):
        texts = [_text(item) for item in entry if item is not None]
        # `sh -c "the command"` is the command.
        if (
            len(texts) >= 3
            and texts[0].rpartition("/")[2] in {"sh", "bash"}
            and texts[1].startswith("-")
            and "c" in texts[1]
        ):
            return " ".join(texts[2:])
        return shlex.join(texts)
    return entry if isinstance(entry, str) else ""


def _path(folder: str, path: str) -> str:
    found = normpath(join(folder, path))
    return "" if found == "." else found
