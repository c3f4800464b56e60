"""What the project or a locked package asks for, in Poetry's own terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name
from poetry.core.constraints.generic import parse_constraint as parse_platforms
from poetry.core.constraints.version import VersionConstraint, parse_constraint
from poetry.core.packages.utils.utils import create_nested_marker, get_python_constraint_from_marker
from poetry.core.version.markers import BaseMarker, parse_marker

from stackyard.lock.markers import read_marker

_EXTRA = re.compile(r'extra == "([^"]+)"')


@dataclass(frozen=True, eq=False)
class Dependency:
    """That something asks for a package.

    Attributes:
        title: The package's name, as the asker spells it.
        versions: Which versions will do, as Poetry writes it.
        marker: In which environments it is asked for.
        extras: The package's extras that are asked for.
        in_extras: The asker's extras that bring it; none if it is always asked for.
        group: The project's group that asks; empty for what a package asks for.
        optional: Whether only an extra asks for it.
    """

    title: str
    versions: str
    marker: BaseMarker
    extras: frozenset[NormalizedName] = frozenset()
    in_extras: tuple[NormalizedName, ...] = ()
    group: str = ""
    optional: bool = False

    @cached_property
    def name(self) -> NormalizedName:
        """The package's name, as all spell it."""
        return canonicalize_name(self.title)

    @cached_property
    def constraint(self) -> VersionConstraint:
        """Which versions will do."""
        return parse_constraint(self.versions)

    @cached_property
    def python(self) -> VersionConstraint:
        """Which versions of Python the marker allows."""
        return get_python_constraint_from_marker(self.marker)


def from_table(title: str, value: str | Mapping[str, Any], *, group: str = "") -> Dependency:
    """Read a requirement as Poetry writes it, in a lock as in `[tool.poetry]`."""
    table: Mapping[str, Any] = {"version": value} if isinstance(value, str) else value
    written = table.get("markers", "")
    marker = read_marker(written)
    if "python" in table:
        marker = marker.intersect(_nested("python_version", parse_constraint(table["python"])))
    if "platform" in table:
        marker = marker.intersect(_nested("sys_platform", parse_platforms(table["platform"])))
    return Dependency(
        title=title,
        versions=table.get("version", "*"),
        marker=marker,
        extras=_normal(table.get("extras", ())),
        in_extras=tuple(map(canonicalize_name, _EXTRA.findall(written))),
        group=group,
        optional=table.get("optional", False),
    )


def from_text(text: str, *, group: str) -> Dependency:
    """Read a requirement as PEP 508 writes it."""
    requirement = Requirement(text)
    return Dependency(
        title=requirement.name,
        versions=str(requirement.specifier) or "*",
        marker=read_marker(str(requirement.marker or "")),
        extras=_normal(requirement.extras),
        group=group,
    )


def brought_by(dependency: Dependency, extras: Sequence[NormalizedName]) -> Dependency:
    """Give a requirement that only these extras of the project bring; without any, the requirement itself."""
    if not extras:
        return dependency
    marker = read_marker(" or ".join(f'extra == "{extra}"' for extra in extras))
    return replace(
        dependency, marker=dependency.marker.intersect(marker), in_extras=tuple(extras), optional=True
    )


def _normal(names: Iterable[str]) -> frozenset[NormalizedName]:
    return frozenset(map(canonicalize_name, names))


def _nested(variable: str, constraint: Any) -> BaseMarker:
    return parse_marker(create_nested_marker(variable, constraint))
