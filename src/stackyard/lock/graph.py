"""Which groups ask for a package, and in which environments: along all the ways that lead to it.

Poetry's rule (`poetry.puzzle.solver`: `depth_first_search`, `calculate_markers`). Its order of steps is kept,
since the text of a marker depends on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from packaging.utils import NormalizedName
from poetry.core.version.markers import BaseMarker, EmptyMarker

from stackyard.lock.dependency import Dependency
from stackyard.lock.reading import Package


class Node(NamedTuple):
    """A package with those of its extras that someone asks for at once; the project has a node too."""

    package: Package
    extras: frozenset[NormalizedName] = frozenset()


Edges = Mapping[Node, Sequence[tuple[Node, Dependency]]]


class _Way(NamedTuple):
    """A node as one of the project's groups reaches it."""

    node: Node
    group: str = ""
    optional: bool = True


@dataclass
class Reach:
    """How the project reaches a package.

    Attributes:
        groups: Its groups that do.
        optional: Whether only its extras do.
        markers: In which environments each group does.
        depth: The length of the longest way to it.
    """

    groups: set[str] = field(default_factory=set)
    optional: bool = True
    markers: dict[str, BaseMarker] = field(default_factory=dict)
    depth: int = -1


class _Search:
    """A walk over all ways from the project, in Poetry's order.

    Attributes:
        ways: The ways, each after all that lead to it, but for circles.
        parents: The ways that lead to each way.
        origins: For each node, who asks for it, by whose group, in which environments.
    """

    def __init__(self, root: Node, edges: Edges) -> None:
        self._root, self._edges = root, edges
        self._seen: set[_Way] = set()
        self.ways: list[_Way] = []
        self.parents: dict[_Way, list[_Way]] = {}
        self.origins: dict[Node, dict[Node, dict[str, BaseMarker]]] = {}
        self._visit(_Way(root))
        self.ways.reverse()

    def _visit(self, way: _Way) -> None:
        self._seen.add(way)
        for node, dependency in self._edges[way.node]:
            marker = dependency.marker
            if way.node is self._root:
                child = _Way(node, dependency.group, dependency.optional)
            else:
                child, marker = way._replace(node=node), marker.without_extras()
            self.parents.setdefault(child, []).append(way)
            markers = self.origins.setdefault(node, {}).setdefault(way.node, {})
            markers[child.group] = markers.get(child.group, EmptyMarker()).union(marker)
            if child not in self._seen:
                self._visit(child)
        self.ways.append(way)


def reach(root: Node, edges: Edges) -> dict[Package, Reach]:
    """Say how the project reaches each package.

    Args:
        root: The project.
        edges: What each node asks for, in order.
    """
    search = _Search(root, edges)
    depths: dict[_Way, int] = {}
    reached: dict[Node, Reach] = {}
    for way in search.ways:
        name = way.node.package.name
        depths[way] = 1 + max(
            (
                depths.get(parent, -1) - (parent.node.package.name == name)
                for parent in search.parents.get(way, ())
            ),
            default=-2,
        )
        info = reached.setdefault(way.node, Reach())
        info.depth = max(info.depth, depths[way])
        info.groups |= {way.group} - {""}
        info.optional &= way.optional
    _calculate_markers(reached, search.origins)
    return {node.package: info for node, info in reached.items() if not node.extras and node != root}


def _calculate_markers(
    reached: Mapping[Node, Reach], origins: Mapping[Node, Mapping[Node, Mapping[str, BaseMarker]]]
) -> None:
    """Follow the markers from the project down; once more where a circle leads back up."""
    by_depth = sorted((node for node in reached if node in origins), key=lambda node: reached[node].depth)
    complete = False
    while not complete:
        complete = True
        for node in by_depth:
            askers = [(reached[asker], edge) for asker, edge in origins[node].items()]
            known = [(asker, edge) for asker, edge in askers if asker.groups == asker.markers.keys()]
            complete &= len(known) == len(askers)
            reached[node].markers = _markers(reached[node].groups, known)


def _markers(
    groups: Iterable[str], askers: Iterable[tuple[Reach, Mapping[str, BaseMarker]]]
) -> dict[str, BaseMarker]:
    markers: dict[str, BaseMarker] = {group: EmptyMarker() for group in groups}
    for asker, edge in askers:
        if not asker.groups:  # the project
            for group, marker in edge.items():
                markers[group] = markers[group].union(marker)
        for group, above in asker.markers.items():
            for marker in edge.values():
                markers[group] = markers[group].union(above.intersect(marker))
    return markers
