"""Writing a locked package as it stands, but for what depends on who asks for it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Set

from poetry.core.version.markers import BaseMarker

from stackyard.lock.dependency import Dependency
from stackyard.lock.reading import START, Package

_FIELDS = re.compile(
    r"^optional = .*\n(?P<python>python-versions = .*\n)groups = .*\n(?:markers = .*\n)?"
    r"(?P<files>files = \[(?:\n(?: .*\n)*)?\]\n)(?:markers = .*\n)?",
    re.MULTILINE,
)
_DEPENDENCIES = re.compile(r"^\[package\.dependencies\]\n(?P<lines>(?:[^\[\n].*\n)+)\n?", re.MULTILINE)
_ENTRY = re.compile(r"^(?P<name>\S+) = (?:\[\n(?P<items>(?: .*\n)+)\]|(?P<item>.*))\n", re.MULTILINE)
_ONLY_VERSION = re.compile(r'\{version = ("[^"]*")\}')
_EXTRA = r'extra == \\"([^"\\]+)\\"'


def write_package(
    package: Package,
    *,
    optional: bool,
    markers: Mapping[str, BaseMarker],
    kept: Callable[[Dependency], bool],
    extras: Collection[Set[str]],
) -> str:
    """Write a package.

    Args:
        package: The package.
        optional: Whether only extras of the project ask for it.
        markers: The groups that ask for it, in order, and in which environments each does.
        kept: Says which of its dependencies stay.
        extras: The sets of its extras that are asked for.
    """
    block = _FIELDS.sub(lambda fields: _fields(fields, optional, markers), package.block, count=1)
    return START + _DEPENDENCIES.sub(lambda table: _table(table["lines"], package, kept, extras), block)


def quoted(text: str) -> str:
    """Write a string of TOML."""
    return json.dumps(text, ensure_ascii=False)


def _fields(old: re.Match[str], optional: bool, markers: Mapping[str, BaseMarker]) -> str:
    """Write the fields and the files, then the markers if the groups' differ: tables come last in TOML."""
    fields = (
        f"optional = {str(optional).lower()}\n{old['python']}groups = [{', '.join(map(quoted, markers))}]\n"
    )
    written = {group: quoted(str(marker)) for group, marker in markers.items() if not marker.is_any()}
    if not written:
        return fields + old["files"]
    if len(set(markers.values())) == 1:
        return f"{fields}markers = {next(iter(written.values()))}\n{old['files']}"
    table = ", ".join(f"{group} = {text}" for group, text in written.items())
    return f"{fields}{old['files']}markers = {{{table}}}\n"


def _table(
    lines: str, package: Package, kept: Callable[[Dependency], bool], extras: Collection[Set[str]]
) -> str:
    """Write the dependencies that stay: a list only of several, a table only of more than a version."""
    dependencies = iter(package.dependencies)
    entries = []
    for entry in _ENTRY.finditer(lines):
        items = [line.strip().removesuffix(",") for line in (entry["items"] or entry["item"]).splitlines()]
        left = [each for item in items if kept(next(dependencies)) for each in _with_extras(item, extras)]
        if all(map(_ONLY_VERSION.fullmatch, left)):
            left = [_ONLY_VERSION.sub(r"\1", item) for item in left]
        if len(left) == 1:
            entries.append(f"{entry['name']} = {left[0]}\n")
        elif left:
            entries.append(f"{entry['name']} = [\n{''.join(f'    {item},\n' for item in left)}]\n")
    return f"[package.dependencies]\n{''.join(entries)}\n" if entries else ""


def _with_extras(item: str, extras: Iterable[Set[str]]) -> list[str]:
    """Leave, of the extras that bring a dependency, those that are asked for: an entry for each such set."""
    named = set(re.findall(_EXTRA, item))
    return sorted({_without(item, named - asked) for asked in extras if asked & named}) if named else [item]


def _without(item: str, extras: Iterable[str]) -> str:
    for extra in extras:
        item = item.replace(f' or extra == \\"{extra}\\"', "").replace(f'extra == \\"{extra}\\" or ', "")
    return re.sub(rf"\(({_EXTRA})\)", r"\1", item)
