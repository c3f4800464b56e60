"""What can be reached in a lock from what a project asks for.

Poetry's rule (`poetry.puzzle.provider.Provider.complete_package`), with versions that are locked.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from packaging.utils import NormalizedName
from poetry.core.constraints.version import VersionConstraint
from poetry.core.packages.utils.utils import get_python_constraint_from_marker
from poetry.core.version.markers import AnyMarker, BaseMarker

from stackyard.errors import UserError
from stackyard.lock.dependency import Dependency
from stackyard.lock.extras import activated, unlocked
from stackyard.lock.graph import Node
from stackyard.lock.overlaps import NOTHING, told_apart
from stackyard.lock.reading import Lock, Package


@dataclass(frozen=True)
class Part:
    """Part of all environments.

    Attributes:
        pythons: The versions of Python there.
        marker: Which part.
        choices: What a node asks for there of a package that it asks for in several ways.
    """

    pythons: VersionConstraint
    marker: BaseMarker = field(default_factory=AnyMarker)
    choices: Mapping[tuple[Node, NormalizedName], Dependency] = field(default_factory=dict)

    def chosen(self, node: Node, dependency: Dependency) -> Part:
        """Give the part of this one where a node asks for a package in this way."""
        marker = self.marker.intersect(dependency.marker)
        return Part(
            self.pythons.intersect(get_python_constraint_from_marker(marker)),
            marker,
            {**self.choices, (node, dependency.name): dependency},
        )


class Divided(Exception):
    """Something asks for a package in ways that exclude each other."""

    def __init__(self, parts: list[Part]) -> None:
        """Say which parts need a solution each."""
        super().__init__(parts)
        self.parts = parts


class Closure:
    """What can be reached in one part of the environments.

    Attributes:
        kept: What the packages need of what they ask for.
        extras: The sets of each package's extras that are asked for.
        edges: What each node asks for, in order.
    """

    def __init__(self, lock: Lock, root: Node, part: Part, *, without: Set[Dependency]) -> None:
        """Follow what is asked for.

        Args:
            lock: The full lock.
            root: The project.
            part: The part of the environments.
            without: What packages ask for, but not where they are asked for.

        Raises:
            Divided: The part needs a solution for each of several parts of it.
            UserError: The lock does not have what is asked for.
        """
        self._lock, self._root, self._part, self._without = lock, root, part, without
        self.kept: set[Dependency] = set()
        self.extras: dict[Package, set[frozenset[NormalizedName]]] = {}
        chosen = {name: packages[0] for name, packages in lock.packages.items()}
        asked = self._follow(chosen)
        while better := self._better(asked, chosen):
            chosen |= better
            asked = self._follow(chosen)
        self.edges = {
            node: [
                (child, dependency)
                for dependency in (root.package.dependencies if node is root else asks)
                if dependency.name in chosen
                and (child := Node(chosen[dependency.name], dependency.extras)) in asked
                and (node is not root or dependency.constraint.allows(child.package.release))
            ]
            for node, asks in asked.items()
        }

    def _follow(self, chosen: Mapping[NormalizedName, Package]) -> dict[Node, list[Dependency]]:
        """Give what each node asks for that can be reached with these packages."""
        self.kept.clear()
        self.extras.clear()
        asked: dict[Node, list[Dependency]] = {}
        nodes = deque([self._root])
        while nodes:
            node = nodes.popleft()
            if node not in asked:
                asked[node] = self._asks(node)
                nodes.extend(self._answer(dependency, chosen) for dependency in asked[node])
        return asked

    def _answer(self, dependency: Dependency, chosen: Mapping[NormalizedName, Package]) -> Node:
        """Give what answers a request."""
        if dependency.name not in chosen:
            raise _missing(dependency, "no package of that name is locked")
        node = Node(chosen[dependency.name], dependency.extras)
        if dependency.group and (lacks := unlocked(node, self._meets)):
            raise _missing(dependency, f"not locked is {', '.join(lacks)}")
        return node

    def _better(
        self, asked: Mapping[Node, Iterable[Dependency]], chosen: Mapping[NormalizedName, Package]
    ) -> dict[NormalizedName, Package]:
        """Give the packages that must take the place of those chosen, which will not do for all who ask."""
        wanted: dict[NormalizedName, list[Dependency]] = {}
        for asks in asked.values():
            for dependency in asks:
                if dependency.group or len(self._lock.packages[dependency.name]) > 1:
                    wanted.setdefault(dependency.name, []).append(dependency)
        return {
            name: package
            for name, dependencies in wanted.items()
            if (package := self._newest(dependencies)) is not chosen[name]
        }

    def _newest(self, dependencies: Sequence[Dependency]) -> Package:
        """Give the newest package that will do for all who ask."""
        packages = self._lock.packages[dependencies[0].name]
        for package in packages:
            if self._fits(package, dependencies):
                return package
        failing = (
            each for each in dependencies if not any(self._fits(package, [each]) for package in packages)
        )
        versions = ", ".join(f"{package.version} for Python {package.python}" for package in packages)
        raise _missing(next(failing, dependencies[0]), f"locked is {versions}")

    def _fits(self, package: Package, dependencies: Iterable[Dependency]) -> bool:
        return all(
            dependency.constraint.allows(package.release)
            and package.pythons.allows_all(self._part.pythons.intersect(dependency.python))
            for dependency in dependencies
        )

    def _asks(self, node: Node) -> list[Dependency]:
        """Give what a node asks for in this part."""
        extras = activated(node)
        self.extras.setdefault(node.package, set()).add(frozenset(extras))
        relevant: dict[NormalizedName, list[Dependency]] = {}
        if node.extras:
            relevant[node.package.name] = [
                Dependency(node.package.name, f"=={node.package.version}", AnyMarker())
            ]
        for dependency in node.package.dependencies:
            brought = node is self._root or not dependency.in_extras or extras & {*dependency.in_extras}
            if brought and dependency not in self._without and self._meets(dependency.marker):
                self.kept.add(dependency)
                relevant.setdefault(dependency.name, []).append(dependency)
        return [
            dependency
            for name, several in relevant.items()
            for dependency in self._choice(node, name, several)
        ]

    def _choice(self, node: Node, name: NormalizedName, several: list[Dependency]) -> Iterable[Dependency]:
        """Give what a node asks for of one package in this part."""
        if choice := self._part.choices.get((node, name)):
            return [] if choice.versions == NOTHING else [choice]
        if len(several) == 1:
            return several
        extras = None if node is self._root else activated(node)
        together, apart = told_apart(several, lambda marker: self._possible(marker, extras))
        apart = [dependency for dependency in apart if self._meets(dependency.marker)]
        if len(apart) > 1:
            raise Divided([self._part.chosen(node, dependency) for dependency in apart])
        return [dependency for dependency in (*together, *apart) if dependency.versions != NOTHING]

    def _meets(self, marker: BaseMarker) -> bool:
        """Say whether environments of a marker are in this part."""
        if marker.is_any():
            return True
        pythons = get_python_constraint_from_marker(marker)
        return self._part.pythons.allows_any(pythons) and not self._part.marker.intersect(marker).is_empty()

    def _possible(self, marker: BaseMarker, extras: set[NormalizedName] | None) -> bool:
        return (
            not marker.is_empty()
            and self._part.pythons.allows_any(get_python_constraint_from_marker(marker))
            and (extras is None or marker.validate({"extra": extras}))
        )


def _missing(dependency: Dependency, found: str) -> UserError:
    extras = f"[{','.join(sorted(dependency.extras))}]" if dependency.extras else ""
    return UserError(
        f"{dependency.title}{extras} {dependency.versions}",
        found=found,
        where="poetry.lock",
        remedy="Run `poetry lock`.",
    )
