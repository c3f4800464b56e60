"""Compose files: what names a service that was cut goes with it; so does a volume or variable of no use.

They need no markers for that: only the service itself has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

_SECTION = re.compile(r"([a-z][\w-]*):")
_ENTRY = re.compile(r"  ([A-Za-z0-9][\w.-]*):")
_DEPENDENCY = re.compile(r"\s+([A-Za-z0-9][\w.-]*): *\{ *condition:")
_VARIABLE = re.compile(r" +- ([A-Z][A-Z0-9_]*)=")
_MOUNT = re.compile(r"""[-\["',] *["']?([A-Za-z0-9][\w.-]*):/""")


def is_compose(path: str) -> bool:
    """Say whether a file is one of Compose's, by its name."""
    name = path.rpartition("/")[2]
    return name.startswith("docker-compose") and name.endswith(".yml")


def cut(text: str) -> str:
    """Leave out dependencies on services that are not there, and volumes that no service mounts.

    Args:
        text: A Compose file, with dependencies in their long form, a line each.
    """
    services = {name for section, name, _ in _entries(text) if section == "services"}
    mounted = set(_MOUNT.findall(text))
    unmounted = {
        number for section, name, number in _entries(text) if section == "volumes" and name not in mounted
    }
    kept = []
    for number, line in enumerate(text.splitlines(keepends=True)):
        dependency = _DEPENDENCY.match(line)
        if number not in unmounted and (dependency is None or dependency[1] in services):
            kept.append(line)
    return "".join(kept)


def cut_variables(text: str, read: Set[str]) -> str:
    """Leave out the variables that services are given, and none of the project's code reads.

    Args:
        text: A Compose file, with such variables as a list, a line each.
        read: The names that the code mentions.
    """
    lines = ((line, _VARIABLE.match(line)) for line in text.splitlines(keepends=True))
    return "".join(line for line, variable in lines if variable is None or variable[1] in read)


def _entries(text: str) -> Iterator[tuple[str, str, int]]:
    """Give the entries of the top-level sections: the section, the entry's name, its line."""
    section = ""
    for number, line in enumerate(text.splitlines()):
        if match := _SECTION.match(line):
            section = match[1]
        elif match := _ENTRY.match(line):
            yield section, match[1], number
