"""What `poetry.lock` says of each package."""

import tomllib
from pathlib import Path
from typing import NamedTuple

from stack.environment import BASE_DIR

LOCK = BASE_DIR / "poetry.lock"


class Package(NamedTuple):
    """A package that is locked.

    Attributes:
        name: Its name, as PEP 503 normalizes it.
        version: The version.
        groups: The groups of dependencies that it belongs to; `main` is what production runs.
        hashes: The hash of each of its files, with its algorithm; empty for a file that has none.
    """

    name: str
    version: str
    groups: frozenset[str]
    hashes: tuple[str, ...]


def read(path: Path) -> list[Package]:
    """Read a lock, the packages of other platforms included."""
    locked = tomllib.loads(path.read_text(encoding="utf-8"))["package"]
    return [
        Package(
            each["name"],
            each["version"],
            frozenset(each["groups"]),
            tuple(file.get("hash", "") for file in each["files"]),
        )
        for each in locked
    ]


def without_hash(packages: list[Package]) -> list[str]:
    """Name the packages of which whoever serves them could send any file."""
    return [
        package.name
        for package in packages
        if not package.hashes or not all(each.startswith("sha256:") for each in package.hashes)
    ]
