"""The extras of a locked package: which of them are asked for, and what they bring."""

from __future__ import annotations

import re
from collections.abc import Callable

from packaging.utils import NormalizedName, canonicalize_name
from poetry.core.version.markers import BaseMarker

from stackyard.lock.graph import Node
from stackyard.lock.markers import read_marker

_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(?:\[(?P<extras>[^\]]+)\])?[^;]*(?:; (?P<marker>.+))?")


def activated(node: Node) -> set[NormalizedName]:
    """Give the extras that are asked for, with those of the same package that these ask for."""
    found: set[NormalizedName] = set()
    left = sorted(node.extras)
    while left:
        extra = left.pop()
        if extra not in found:
            found.add(extra)
            for name, extras, _ in _requirements(node, extra):
                left += [
                    canonicalize_name(each.strip()) for each in extras.split(",") if name == node.package.name
                ]
    return found


def unlocked(node: Node, relevant: Callable[[BaseMarker], bool]) -> list[str]:
    """Give what the extras bring but the lock lacks, since nobody asked for them when it was made.

    Args:
        node: The package, with the extras.
        relevant: Says whether environments of a marker count.
    """
    return [
        f"{name} for its extra {extra}"
        for extra in sorted(activated(node))
        for name, _, marker in _requirements(node, extra)
        if name != node.package.name
        and not any(each.name == name and extra in each.in_extras for each in node.package.dependencies)
        and relevant(read_marker(marker))
    ]


def _requirements(node: Node, extra: NormalizedName) -> list[tuple[NormalizedName, str, str]]:
    """Give name, extras and marker of what an extra brings."""
    matches = map(_REQUIREMENT.match, node.package.extras.get(extra, ()))
    return [
        (canonicalize_name(match["name"]), match["extras"] or "", match["marker"] or "")
        for match in matches
        if match
    ]
