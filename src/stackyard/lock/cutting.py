"""A full lock, cut down to what a smaller project needs."""

from __future__ import annotations

from collections.abc import Mapping

from packaging.utils import canonicalize_name
from poetry.core.version.markers import BaseMarker

from stackyard.errors import UserError
from stackyard.lock.graph import Node
from stackyard.lock.overlaps import shared
from stackyard.lock.project import MAIN, Project, read_project
from stackyard.lock.python import pythons
from stackyard.lock.reading import FORMAT, Lock, Package, read_lock
from stackyard.lock.solution import Solution
from stackyard.lock.writing import quoted, write_package


def cut(full_lock: str, pyproject: str) -> str:
    """Leave of a lock what a project needs, as `poetry lock` would.

    Args:
        full_lock: The poetry.lock of a project that needs at least as much.
        pyproject: The pyproject.toml of the smaller one.

    Returns:
        The poetry.lock of the smaller one.

    Raises:
        UserError: The lock does not have what the project asks for, or only Poetry can lock what it asks for.
    """
    lock, project = read_lock(full_lock), read_project(pyproject)
    _check_python(lock, project)
    root = Package(canonicalize_name(""), "0", project.python, tuple(shared(project.dependencies)), {}, "")
    solution = Solution(lock, Node(root), project.pythons)
    blocks = [
        write_package(
            package,
            optional=reach.optional,
            markers=_in_order(reach.markers),
            kept=solution.kept.__contains__,
            extras=solution.extras[package],
        )
        for versions in lock.packages.values()
        for package in reversed(versions)
        if (reach := solution.reached.get(package))
    ]
    packages = "\n" + "".join(blocks) if blocks else "package = []\n\n"
    return f"{lock.header.rstrip()}\n{packages}{_end(project)}"


def _check_python(lock: Lock, project: Project) -> None:
    if not pythons(lock.python).allows_all(project.pythons):
        raise UserError(
            f"Python {project.python}",
            found=f"locked is Python {lock.python}",
            where="poetry.lock",
            remedy="Run `poetry lock`.",
        )


def _in_order(markers: Mapping[str, BaseMarker]) -> dict[str, BaseMarker]:
    return {group: markers[group] for group in sorted(markers, key=lambda group: (group != MAIN, group))}


def _end(project: Project) -> str:
    extras = "".join(
        f"{extra} = [{', '.join(map(quoted, names))}]\n" for extra, names in project.extras.items()
    )
    metadata = {
        "lock-version": FORMAT,
        "python-versions": project.python,
        "content-hash": project.content_hash,
    }
    lines = "".join(f"{key} = {quoted(value)}\n" for key, value in metadata.items())
    return (f"[extras]\n{extras}\n" if extras else "") + f"[metadata]\n{lines}"
