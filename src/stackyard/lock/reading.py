"""Reading a poetry.lock into packages, each with its text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from packaging.utils import NormalizedName, canonicalize_name
from poetry.core.constraints.version import Version, VersionConstraint, parse_constraint

from stackyard.errors import UserError
from stackyard.lock.dependency import Dependency, from_table

FORMAT = "2.1"

START = "[[package]]\n"

_FILES = re.compile(r"^files = \[\n(?: .*\n)*\]\n", re.MULTILINE)  # nine tenths of a lock
_TAIL = re.compile(r"^\[(?:extras|metadata)\]\n", re.MULTILINE)


@dataclass(frozen=True, eq=False)
class Package:
    """A package of a lock, or the project itself.

    Attributes:
        name: Its name; the project has none.
        version: Its version.
        python: The versions of Python that it runs on.
        dependencies: What it asks for, in the lock's order.
        extras: What each of its extras asks for, as text.
        block: Its text in the lock.
    """

    name: NormalizedName
    version: str
    python: str
    dependencies: tuple[Dependency, ...]
    extras: Mapping[NormalizedName, list[str]]
    block: str

    @cached_property
    def release(self) -> Version:
        """Its version, to compare with."""
        return Version.parse(self.version)

    @cached_property
    def pythons(self) -> VersionConstraint:
        """The versions of Python that it runs on."""
        return parse_constraint(self.python)


@dataclass(frozen=True)
class Lock:
    """A lock file.

    Attributes:
        header: What stands before the first package.
        packages: The packages of each name, newest first, in the file's order of names.
        python: The versions of Python that it was made for.
    """

    header: str
    packages: Mapping[NormalizedName, tuple[Package, ...]]
    python: str


def read_lock(text: str) -> Lock:
    """Read a lock.

    Raises:
        UserError: It is not a lock, or one of another format.
    """
    try:
        data = tomllib.loads(_FILES.sub("", text))
        metadata = data["metadata"]
        found, python = metadata["lock-version"], metadata["python-versions"]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise _unreadable(f"no lock file ({error})") from error
    if found != FORMAT:
        raise _unreadable(f"a lock of format {found}")
    end = _TAIL.search(text)
    header, *blocks = text[: end.start() if end else None].split(START)
    packages: dict[NormalizedName, tuple[Package, ...]] = {}
    for block, entry in zip(blocks, data.get("package", []), strict=True):
        package = _package(entry, block)
        packages[package.name] = (package, *packages.get(package.name, ()))
    return Lock(header, packages, python)


def _unreadable(found: str) -> UserError:
    return UserError(
        f"to read a lock of format {FORMAT}",
        found=found,
        where="poetry.lock",
        remedy="Run `poetry lock` with the Poetry that made the project.",
    )


def _package(entry: Mapping[str, Any], block: str) -> Package:
    return Package(
        name=canonicalize_name(entry["name"]),
        version=entry["version"],
        python=entry["python-versions"],
        dependencies=tuple(
            from_table(title, table)
            for title, value in entry.get("dependencies", {}).items()
            for table in (value if isinstance(value, list) else [value])
        ),
        extras={canonicalize_name(extra): texts for extra, texts in entry.get("extras", {}).items()},
        block=block,
    )
