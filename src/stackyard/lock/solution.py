"""How a project reaches the packages of a full lock, over all environments.

Poetry solves once for each part of the environments where something asks for a package in ways that exclude
each other, and merges what it found; so does this (`poetry.puzzle.solver.merge_override_packages`).
"""

from __future__ import annotations

from collections.abc import Iterable

from packaging.utils import NormalizedName
from poetry.core.constraints.version import VersionConstraint
from poetry.core.version.markers import BaseMarker, EmptyMarker, MultiMarker, SingleMarker

from stackyard.lock.closure import Closure, Divided, Part
from stackyard.lock.dependency import Dependency
from stackyard.lock.graph import Node, Reach, reach
from stackyard.lock.reading import Lock, Package

_Reached = dict[Package, Reach]


class Solution:
    """What a project needs of a lock.

    Attributes:
        reached: How the project reaches each package.
        kept: What the packages need of what they ask for.
        extras: The sets of each package's extras that are asked for.
    """

    def __init__(self, lock: Lock, root: Node, pythons: VersionConstraint) -> None:
        """Solve.

        Args:
            lock: The full lock.
            root: The project.
            pythons: The versions of Python that it runs on.

        Raises:
            UserError: The lock does not have what is asked for.
        """
        self._lock, self._root, self._pythons = lock, root, pythons
        self._never: set[Dependency] = set()
        while never := self._found():
            self._never |= never

    def _found(self) -> set[Dependency]:
        """Solve; give what the packages ask for where nothing asks for them."""
        self.kept: set[Dependency] = set()
        self.extras: dict[Package, set[frozenset[NormalizedName]]] = {}
        self.reached = self._solve(Part(self._pythons))
        for info in self.reached.values():
            info.markers = {
                group: marker.reduce_by_python_constraint(self._pythons)
                for group, marker in info.markers.items()
            }
        return {
            each
            for package, info in self.reached.items()
            for each in self.kept.intersection(package.dependencies)
            if _never(each, info)
        }

    def _solve(self, part: Part) -> _Reached:
        try:
            closure = Closure(self._lock, self._root, part, without=self._never)
        except Divided as divided:
            return _merged([(self._own(inner), self._solve(inner)) for inner in divided.parts])
        self.kept |= closure.kept
        for package, extras in closure.extras.items():
            self.extras.setdefault(package, set()).update(extras)
        return reach(self._root, closure.edges)

    def _own(self, part: Part) -> BaseMarker:
        return part.marker.without_extras().reduce_by_python_constraint(self._pythons)


def _never(dependency: Dependency, asker: Reach) -> bool:
    """Say whether nothing asks for the asker where it would ask for the dependency."""
    marker = dependency.marker.without_extras()
    return all(marker.intersect(where).is_empty() for where in asker.markers.values())


def _merged(solutions: Iterable[tuple[BaseMarker, _Reached]]) -> _Reached:
    """Merge the solutions for parts of the environments."""
    found: dict[Package, list[tuple[BaseMarker, Reach]]] = {}
    for part, reached in solutions:
        for package, info in reached.items():
            info.markers = {group: _without(marker, part) for group, marker in info.markers.items()}
            found.setdefault(package, []).append((part, info))
    return {package: _joined(several) for package, several in found.items()}


def _joined(several: list[tuple[BaseMarker, Reach]]) -> Reach:
    markers: dict[str, BaseMarker] = {}
    if all(info.markers == several[0][1].markers for _, info in several):
        whole: BaseMarker = EmptyMarker()
        for part, _ in several:
            whole = whole.union(part)
        markers = {group: whole.intersect(marker) for group, marker in several[0][1].markers.items()}
    else:
        for part, info in several:
            for group, marker in info.markers.items():
                markers[group] = markers.get(group, EmptyMarker()).union(part.intersect(marker))
    return Reach(
        groups={group for _, info in several for group in info.groups},
        optional=several[0][1].optional,
        markers=markers,
        depth=max(info.depth for _, info in several),
    )


def _without(marker: BaseMarker, part: BaseMarker) -> BaseMarker:
    """Leave out of a marker what its part says anyway."""
    if isinstance(part, SingleMarker):
        said: set[BaseMarker] = {part}
    elif isinstance(part, MultiMarker):
        said = set(part.markers)
    else:
        return marker
    if isinstance(marker, MultiMarker) and said.issubset(marker.markers):
        return MultiMarker.of(*(single for single in marker.markers if single not in said))
    return marker
