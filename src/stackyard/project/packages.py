"""What a project asks for, and what is locked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from posixpath import dirname, join, normpath
from typing import Any, NamedTuple

from packaging.version import InvalidVersion, Version

from stackyard.formats.place import Place
from stackyard.formats.regexes import regex
from stackyard.formats.tomls import Toml
from stackyard.lock.hashing import content_hash
from stackyard.project.documents import Documents
from stackyard.project.names import normalized

MAIN = "main"
_OF_DEVELOPERS = regex(
    r"dev|test|lint|doc|debug|local|typ(?:e|ing)|quality|format|style|\bqa\b|\bci\b", re.IGNORECASE
)
_REQUIREMENT = regex(
    r"\s*(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[(?P<extras>[^]]*)\])?\s*(?P<constraint>[^;#]*)"
)
_ASIDE = regex(
    r"(?:^|[^a-z])(?:dev|develop|development|local|tests?|testing|lint|linting|quality|typing|types|docs?"
    r"|debug|ci)"
    r"(?:[^a-z]|$)"
)
_TAKEN_IN = regex(r"^\s*(?:-r|--requirement)[ =]*(?P<path>[^\s#]+)", re.MULTILINE)
_LOWER = regex(r"(?:\^|~=?|>=?|==|=)?\s*v?(?P<version>\d+(?:\.\d+)*)")


class Dependency(NamedTuple):
    """A package that a project asks for.

    Attributes:
        name: Its name, as PEP 503 writes it.
        constraint: The versions asked for, as written; empty for any.
        extras: The extras asked for.
        group: The group that asks: `main` for what runs in production.
        where: Where it is asked for.
        source: What it comes from, if that is no index: git, path, file or url.
        is_optional: Whether only an extra brings it.
    """

    name: str
    constraint: str
    extras: frozenset[str]
    group: str
    where: Place
    source: str = ""
    is_optional: bool = False

    @property
    def is_main(self) -> bool:
        """Whether production asks for it."""
        return self.group == MAIN

    @property
    def is_bounded(self) -> bool:
        """Whether it takes no version from some newer one on; true where that cannot be told."""
        # It loads Poetry.
        from stackyard.project.constraints import is_bounded  # pylint: disable=import-outside-toplevel

        return is_bounded(self.constraint)


class Packages:
    """The packages of a project.

    Attributes:
        documents: The project's files, by what they say.
        files: The same, as they are.
    """

    def __init__(self, documents: Documents) -> None:
        """Take a project's files."""
        self.documents = documents
        self.files = documents.files

    @cached_property
    def pyproject(self) -> Toml | None:
        """The pyproject.toml that asks for Django, or else the shallowest one; None without one."""
        paths = self.files.matching("pyproject.toml")
        read = [toml for path in paths if (toml := self.documents.toml(path))]
        return next(
            (toml for toml in read if any(item.name == "django" for item in _dependencies(toml))),
            read[0] if read else None,
        )

    @property
    def folder(self) -> str:
        """The folder of that pyproject.toml, with a slash at its end; empty for the project's own."""
        return self.pyproject.path.removesuffix("pyproject.toml") if self.pyproject else ""

    @cached_property
    def is_poetry(self) -> bool:
        """Whether Poetry manages them: by its table, its build backend or its lock, and there are some."""
        toml = self.pyproject
        if toml is None:
            return False
        backend = str(toml.get("build-system", "build-backend") or "")
        poetry = toml.get("tool", "poetry") is not None or backend.startswith("poetry") or self.lock_path
        return bool(poetry and (self.dependencies or self.python))

    @cached_property
    def dependencies(self) -> tuple[Dependency, ...]:
        """What pyproject.toml asks for."""
        return tuple(_dependencies(self.pyproject)) if self.pyproject else ()

    @cached_property
    def listing(self) -> Place | None:
        """Where most of the packages are asked for; None where none are."""
        if self.dependencies and self.pyproject is not None:
            tables = (("project", "dependencies"), ("tool", "poetry", "dependencies"))
            return next((self.pyproject.place(*keys) for keys in tables if self.pyproject.get(*keys)), None)
        of_django = [item for item in self.elsewhere if item.name == "django"]
        return Place([*of_django, *self.elsewhere][0].where.path) if self.elsewhere else None

    @cached_property
    def elsewhere(self) -> tuple[Dependency, ...]:
        """What requirements files and a Pipfile ask for."""
        found: list[Dependency] = []
        for path in self.requirements_files:
            for number, line in enumerate(self.files.text(path).splitlines(), start=1):
                found += _of_text(line, Place(path, number))
        for path in self.files.matching("Pipfile"):
            toml = self.documents.toml(path)
            if toml is not None:
                found += [*_of_table(toml, MAIN, "packages"), *_of_table(toml, "dev", "dev-packages")]
        return tuple(found)

    @cached_property
    def requirements_files(self) -> list[str]:
        """The requirements files, whatever they are for, and those that they take in."""
        return list(self._requirements[0])

    @property
    def is_whole(self) -> bool:
        """Whether every requirements file that another one takes in is there."""
        return self._requirements[1]

    @cached_property
    def _requirements(self) -> tuple[dict[str, None], bool]:
        named = self.files.matching(
            "*requirements*.txt", "*requirements*.in", "requirements/*.txt", "requirements/*.in",
            "*/requirements/*.txt", "*/requirements/*.in",
        )  # fmt: skip
        named.sort(key=lambda path: (path.count("/"), path.rpartition("/")[2] != "requirements.txt"))
        found, waiting, is_whole = dict.fromkeys(named), list(named), True
        for path in waiting:
            for match in _TAKEN_IN.finditer(self.files.text(path)):
                other = normpath(join(dirname(path), match["path"]))
                if other not in self.files:
                    is_whole = False
                elif other not in found:
                    found[other] = None
                    waiting.append(other)
        return found, is_whole

    @cached_property
    def lock_path(self) -> str | None:
        """The poetry.lock beside pyproject.toml; None without one."""
        path = f"{self.folder}poetry.lock"
        return path if path in self.files else None

    @cached_property
    def lock(self) -> Toml | None:
        """The poetry.lock, without the hashes of its packages' files; None without one that can be read."""
        return self.documents.toml(self.lock_path) if self.lock_path else None

    @cached_property
    def content_hashes(self) -> frozenset[str]:
        """The hashes that a lock for this pyproject.toml may have."""
        return content_hashes(self.pyproject.data) if self.pyproject else frozenset()

    @cached_property
    def locked(self) -> dict[str, Version]:
        """The newest locked version of each package, by name as PEP 503 writes it; uv's, without Poetry's."""
        found: dict[str, Version] = {}
        lock = self.lock or self.documents.toml(f"{self.folder}uv.lock")
        entries = lock.get("package") if lock else None
        for entry in entries if isinstance(entries, list) else []:
            name, version = (
                (entry.get("name"), entry.get("version")) if isinstance(entry, dict) else (None, None)
            )
            if isinstance(name, str) and (release := parse_version(version)) is not None:
                key = normalized(name)
                found[key] = max(release, found.get(key, release))
        return found

    def get(self, *names: str) -> Dependency | None:
        """Give the first dependency of some names, in whatever file it is asked for; None without one."""
        return next((item for item in (*self.dependencies, *self.elsewhere) if item.name in names), None)

    def deployed(self, *names: str) -> Dependency | None:
        """Give the first dependency of some names that a deployment installs; None without one."""
        return next(
            (
                item
                for item in (*self.dependencies, *self.elsewhere)
                if item.name in names and not (_ASIDE.search(item.group) or _ASIDE.search(item.where.path))
            ),
            None,
        )

    def has(self, *names: str) -> bool:
        """Say whether one of some packages is there: asked for, or locked."""
        return self.get(*names) is not None or any(name in self.locked for name in names)

    @property
    def main(self) -> list[Dependency]:
        """What production asks for, in whatever file."""
        return [item for item in (*self.dependencies, *self.elsewhere) if item.is_main]

    @cached_property
    def development_groups(self) -> list[str]:
        """The groups of a developer's packages that `poetry install` installs, if not told otherwise."""
        toml = self.pyproject
        if toml is None:
            return []
        extras = toml.table("project", "optional-dependencies")
        groups = dict.fromkeys(item.group for item in self.dependencies if not item.is_main)
        return [
            group
            for group in groups
            if _OF_DEVELOPERS.search(group)
            and group not in extras
            and toml.get("tool", "poetry", "group", group, "optional") is not True
        ]

    def version(self, name: str) -> Version | None:
        """Give the version of a package: the locked one, or else the lowest asked for; None without."""
        if name in self.locked:
            return self.locked[name]
        dependency = self.get(name)
        return lowest(dependency.constraint) if dependency else None

    def takes_python(self, version: str) -> bool | None:
        """Say whether a version of Python is one of those asked for.

        Args:
            version: Such as 3.13 or 3.13.5.

        Returns:
            Whether it is; None where that cannot be told.
        """
        # It loads Poetry.
        from stackyard.project.constraints import takes_python  # pylint: disable=import-outside-toplevel

        return takes_python(self.python[0], version) if self.python is not None else None

    @cached_property
    def python(self) -> tuple[str, Place] | None:
        """The versions of Python asked for, and where; None where nothing says."""
        toml = self.pyproject
        if toml is None:
            return None
        for keys in (("tool", "poetry", "dependencies", "python"), ("project", "requires-python")):
            value = toml.get(*keys)
            value = value.get("version") if isinstance(value, dict) else value
            if isinstance(value, str):
                return value, toml.place(*keys)
        return None


def content_hashes(data: Mapping[str, Any]) -> frozenset[str]:
    """Give the hashes that a lock for a pyproject.toml may have: versions of Poetry hash different parts.

    Args:
        data: The pyproject.toml.

    Returns:
        The hashes; none where it holds something that Poetry does not hash.
    """
    without_groups = {key: value for key, value in data.items() if key != "dependency-groups"}
    of_poetry_1 = {key: value for key, value in without_groups.items() if key != "project"}
    try:
        return frozenset(content_hash(form) for form in (data, without_groups, of_poetry_1))
    except (
        TypeError,
        AttributeError,
        ValueError,
        RecursionError,
    ):  # dates, or no tables where tables are wanted
        return frozenset()


def parse_version(text: object) -> Version | None:
    """Read a version; None if it is none."""
    try:
        return Version(text) if isinstance(text, str) and len(text) < 100 else None
    except InvalidVersion:
        return None


def lowest(constraint: str) -> Version | None:
    """Give the lowest version that a constraint takes, by its first bound; None if it has none from below."""
    found = [
        version
        for part in re.split(r"\s*(?:\|\|?|,)\s*|\s+(?=[<>=~^!])", constraint.strip())
        if not part.startswith(("<", "!"))
        and (match := _LOWER.match(part))
        and (version := parse_version(match["version"]))
    ]
    return min(found, default=None)


def _dependencies(toml: Toml) -> Iterator[Dependency]:
    for line in toml.texts("project", "dependencies"):
        yield from _of_text(line, toml.item(line, "project", "dependencies"), MAIN)
    for keys in (("project", "optional-dependencies"), ("dependency-groups",)):
        for group in toml.table(*keys):
            for line in toml.texts(*keys, group):
                yield from _of_text(line, toml.item(line, *keys, group), group)
    yield from _of_other_tools(toml)
    yield from _of_table(toml, MAIN, "tool", "poetry", "dependencies")
    yield from _of_table(toml, "dev", "tool", "poetry", "dev-dependencies")
    for group in toml.table("tool", "poetry", "group"):
        yield from _of_table(toml, group, "tool", "poetry", "group", group, "dependencies")


def _of_other_tools(toml: Toml) -> Iterator[Dependency]:
    """Give what the tables of PDM, uv and Hatch ask for beside [project]."""
    pdm, hatch = ("tool", "pdm", "dev-dependencies"), ("tool", "hatch", "envs")
    lists: list[tuple[str, tuple[str, ...]]] = [("dev", ("tool", "uv", "dev-dependencies"))]
    lists += [(group, (*pdm, group)) for group in toml.table(*pdm)]
    lists += [
        (name, (*hatch, name, key))
        for name in toml.table(*hatch)
        for key in ("dependencies", "extra-dependencies")
    ]
    for group, keys in lists:
        for line in toml.texts(*keys):
            yield from _of_text(line, toml.item(line, *keys), group)


def _of_table(toml: Toml, group: str, *keys: str) -> Iterator[Dependency]:
    for name, value in toml.table(*keys).items():
        if name == "python":
            continue
        first: Any = value[0] if isinstance(value, list) and value else value
        table = first if isinstance(first, dict) else {"version": first}
        extras = table.get("extras")
        yield Dependency(
            normalized(name),
            str(table.get("version") or ""),
            frozenset(map(str, extras if isinstance(extras, list) else ())),
            group,
            toml.place(*keys, name),
            next((key for key in ("git", "path", "file", "url") if key in table), ""),
            table.get("optional") is True,
        )


def _of_text(line: str, where: Place, group: str = MAIN) -> Iterator[Dependency]:
    match = _REQUIREMENT.match(line)
    if match and not line.lstrip().startswith(("#", "-")):
        extras = frozenset(filter(None, re.split(r"[\s,]+", match["extras"] or "")))
        constraint = re.sub(r"\s--.*|\\\s*$", "", match["constraint"]).strip().strip("()").strip()
        source = "url" if constraint.startswith("@") else ""
        yield Dependency(
            normalized(match["name"]), "" if source else constraint, extras, group, where, source
        )
