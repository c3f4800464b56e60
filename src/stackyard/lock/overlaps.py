"""What asks twice for a package: merged where that means the same, else told apart by environments.

Poetry's rule (`poetry.puzzle.provider.Provider._resolve_overlapping_markers`), without which the markers and
the choice between two locked versions of a package would differ from Poetry's.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import reduce

from poetry.core.constraints.version import VersionConstraint, VersionRange
from poetry.core.version.markers import AnyMarker, BaseMarker

from stackyard.lock.dependency import Dependency

NOTHING = "<empty>"


def shared(dependencies: Sequence[Dependency]) -> list[Dependency]:
    """Let the first group that asks for a package ask in the environments of all that ask alike."""
    alike: dict[tuple[object, ...], list[Dependency]] = {}
    for each in dependencies:
        alike.setdefault((each.name, each.extras, each.constraint, each.in_extras), []).append(each)
    first = {several[0]: _merged(several)[0] for several in alike.values() if not several[0].in_extras}
    return [first.get(each, each) for each in dependencies]


def told_apart(
    dependencies: Sequence[Dependency], possible: Callable[[BaseMarker], bool]
) -> tuple[list[Dependency], list[Dependency]]:
    """Resolve what asks for one package several times.

    Args:
        dependencies: What asks for it.
        possible: Whether environments of a marker are among the project's.

    Returns:
        What asks for it at the same time, and what asks for it in environments that exclude each other: those
        need a solution each. Either may hold one whose versions are NOTHING: there, nothing asks for it.
    """
    by_extras: dict[frozenset[str], list[Dependency]] = {}
    for dependency in dependencies:
        by_extras.setdefault(dependency.extras, []).append(dependency)
    if len(by_extras) == 1:
        apart = _exclusive(dependencies, possible, rest=True)
        return (apart, []) if len(apart) == 1 else ([], apart)
    for extras, asked in by_extras.items():
        if len(asked) > 1:
            by_extras[extras] = _exclusive(asked, possible, rest=False)
    every = list(itertools.chain(*by_extras.values()))
    exclusive = all(len(asked) == 1 for asked in by_extras.values()) and all(
        one.marker.intersect(other.marker).is_empty() for one, other in itertools.combinations(every, 2)
    )
    return ([], every) if exclusive else (every, [])


def _exclusive(
    dependencies: Iterable[Dependency], possible: Callable[[BaseMarker], bool], *, rest: bool
) -> list[Dependency]:
    """Rewrite requirements so that no two of different versions hold in one environment."""
    merged = _merged(dependencies)
    apart = []
    for uses in itertools.product([True, False], repeat=len(merged)):
        used = [*itertools.compress(merged, uses)]
        unused = [dependency.marker.invert() for dependency, use in zip(merged, uses, strict=True) if not use]
        marker: BaseMarker = AnyMarker()
        for other in (*(dependency.marker for dependency in used), *unused):
            marker = marker.intersect(other)
        if not possible(marker) or not (used or rest):
            continue
        every: VersionConstraint = VersionRange()
        versions = str(reduce(lambda one, other: one.intersect(other), (d.constraint for d in used), every))
        apart.append(replace((used or merged)[0], versions=versions if used else NOTHING, marker=marker))
    return _merged(apart)


def _merged(dependencies: Iterable[Dependency]) -> list[Dependency]:
    """Join requirements of the same versions."""
    joined: dict[VersionConstraint | str, Dependency] = {}
    for dependency in dependencies:
        key = NOTHING if dependency.versions == NOTHING else dependency.constraint
        first = joined.get(key)
        marker = first.marker.union(dependency.marker) if first else dependency.marker
        joined[key] = replace(first or dependency, marker=marker)
    return list(joined.values())
