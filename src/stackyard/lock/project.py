"""What a pyproject.toml asks for, and the hash by which Poetry knows that a lock was made for it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from packaging.utils import NormalizedName, canonicalize_name
from poetry.core.constraints.version import VersionConstraint

from stackyard.errors import UserError
from stackyard.lock.dependency import Dependency, brought_by, from_table, from_text
from stackyard.lock.hashing import content_hash
from stackyard.lock.python import pythons

MAIN = "main"

_ELSEWHERE = {"git", "path", "file", "url", "source"}


@dataclass(frozen=True)
class Project:
    """What a project asks for.

    Attributes:
        python: The versions of Python that it runs on, as written.
        dependencies: What its groups ask for: main first, then in the file's order.
        extras: The names that each of its extras brings, both in order.
        content_hash: Poetry's hash of what a lock depends on.
    """

    python: str
    dependencies: tuple[Dependency, ...]
    extras: Mapping[str, list[str]]
    content_hash: str

    @property
    def pythons(self) -> VersionConstraint:
        """The versions of Python that it runs on."""
        return pythons(self.python)


def read_project(text: str) -> Project:
    """Read a pyproject.toml.

    Raises:
        UserError: It asks for something that only Poetry can lock.
    """
    data = tomllib.loads(text)
    project, poetry = data.get("project", {}), data.get("tool", {}).get("poetry", {})
    tables = dict(poetry.get("dependencies", {}))
    python = tables.pop("python", project.get("requires-python", "*"))
    if "dependencies" in project or project.get("optional-dependencies"):
        if tables:
            raise _unsupported(f"what [project] asks for, once more: {', '.join(tables)}", "[tool.poetry]")
        main, extras = _standard(project)
    else:
        main, extras = _legacy(tables, poetry.get("extras", {}))
    groups = _groups(data.get("dependency-groups", {}), poetry)
    return Project(
        python=python,
        dependencies=(*main, *(dependency for group in groups.values() for dependency in group)),
        extras={extra: sorted(names) for extra, names in sorted(extras.items())},
        content_hash=content_hash(data),
    )


def _standard(project: Mapping[str, Any]) -> tuple[list[Dependency], dict[NormalizedName, list[str]]]:
    """Read what `[project]` asks for, and the names that its extras bring."""
    dependencies = _texts(project.get("dependencies", ()), MAIN)
    extras = {}
    for title, texts in project.get("optional-dependencies", {}).items():
        extra = canonicalize_name(title)
        brought = [brought_by(dependency, [extra]) for dependency in _texts(texts, MAIN)]
        extras[extra] = [dependency.title for dependency in brought]
        dependencies += brought
    return dependencies, extras


def _legacy(
    tables: Mapping[str, Any], lists: Mapping[str, list[str]]
) -> tuple[list[Dependency], dict[NormalizedName, list[str]]]:
    """Read what `[tool.poetry.dependencies]` asks for, and the names that its extras bring."""
    dependencies = _tables(tables, MAIN)
    brought = {
        canonicalize_name(extra): [
            dependency
            for name in names
            for dependency in dependencies
            if dependency.name == canonicalize_name(name)
        ]
        for extra, names in lists.items()
    }
    return (
        [
            brought_by(dependency, [extra for extra, those in brought.items() if dependency in those])
            for dependency in dependencies
        ],
        {extra: [dependency.title for dependency in those] for extra, those in brought.items()},
    )


def _groups(
    standard: Mapping[str, list[Any]], poetry: Mapping[str, Any]
) -> dict[NormalizedName, list[Dependency]]:
    """Read the groups' own requirements, then what they include."""
    own: dict[NormalizedName, list[Dependency]] = {}
    includes: list[tuple[NormalizedName, str]] = []
    for title, items in standard.items():
        name = canonicalize_name(title)
        own[name] = _texts([item for item in items if isinstance(item, str)], name)
        includes += [(name, item["include-group"]) for item in items if not isinstance(item, str)]
    for title, group in {**poetry.get("group", {}), **_old_group(poetry)}.items():
        name = canonicalize_name(title)
        tables = group.get("dependencies", {})
        if tables and own.get(name):
            raise _unsupported(f"group {title} twice", "[dependency-groups] and [tool.poetry.group]")
        own.setdefault(name, []).extend(_tables(tables, name))
        includes += [(name, included) for included in group.get("include-groups", ())]
    return {name: dependencies + _included(name, includes, own) for name, dependencies in own.items()}


def _old_group(poetry: Mapping[str, Any]) -> Mapping[str, Any]:
    if "dev-dependencies" not in poetry:
        return {}
    dev = poetry.get("group", {}).get("dev", {})
    return {"dev": {**dev, "dependencies": {**dev.get("dependencies", {}), **poetry["dev-dependencies"]}}}


def _included(
    name: NormalizedName,
    includes: list[tuple[NormalizedName, str]],
    own: Mapping[NormalizedName, list[Dependency]],
) -> list[Dependency]:
    found = []
    for includer, title in includes:
        if includer == name:
            included = canonicalize_name(title)
            for dependency in own[included] + _included(included, includes, own):
                found.append(replace(dependency, group=name))
    return found


def _texts(texts: list[str], group: str) -> list[Dependency]:
    for text in texts:
        if "@" in text.partition(";")[0]:
            raise _unsupported(f"a package from an address: {text}", group)
    return [from_text(text, group=group) for text in texts]


def _tables(tables: Mapping[str, Any], group: str) -> list[Dependency]:
    dependencies = []
    for name, value in tables.items():
        for table in value if isinstance(value, list) else [value]:
            if not isinstance(table, str) and _ELSEWHERE & table.keys():
                raise _unsupported(f"a package from elsewhere: {name}", group)
            dependencies.append(from_table(name, table, group=group))
    return dependencies


def _unsupported(found: str, where: str) -> UserError:
    return UserError(
        "to cut a lock without Poetry",
        found=found,
        where=f"pyproject.toml, {where}",
        remedy="Run `poetry lock`, which keeps the versions that are locked.",
    )
