"""Every setting is one that Django knows.

Django ignores a name that it does not know: a setting that it has removed, or that is misspelt, does
nothing, and nobody is told. Looked at are the names in all settings but those for tests, and the keys of
REST_FRAMEWORK:

- names that Django has removed by the version that is locked, or asked for;
- names one letter away from one that Django or its companions read, unless the project's own code reads them.

All other names are a project's own.

Standard: Core Framework, Application Framework: Django 6+.
"""

import re
from collections.abc import Iterator

from packaging.version import Version

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.project.settings import known
from stackyard.project.settings.discover import Role, Settings
from stackyard.project.settings.values import Table
from stackyard.rule import Edit, Finding, rule


@rule("settings-known", entry="settings-alive")
def check(project: Project) -> Iterator[Finding]:
    for settings in project.settings.modules:
        if settings.role is not Role.TEST:
            yield from _names(project, settings)
            for value in settings.possible("REST_FRAMEWORK"):
                if isinstance(value, Table):
                    yield from _keys(project, value)


def _names(project: Project, settings: Settings) -> Iterator[Finding]:
    version = project.packages.version("django")
    for name, binding in settings.scope.names.items():
        since, remedy = known.REMOVED.get(name, ("", ""))
        if since and version and version >= Version(since):
            if not project.code.reads(name):
                fact = f"{name} does nothing: Django {since} removed it"
                edits = _deleted(project, name, binding.where) if remedy.startswith("delete it") else ()
                yield Finding(binding.where, fact, remedy, edits)
        elif not since:
            yield from _misspelt(project, settings, name, binding.where)


def _deleted(project: Project, name: str, where: Place) -> tuple[Edit, ...]:
    """Give the edit that takes out a switch in a line of its own, at the level of the module."""
    lines = project.files.text(where.path).splitlines(keepends=True)
    line = lines[where.line - 1] if 0 < where.line <= len(lines) else ""
    is_certain = re.fullmatch(rf"{name}\s*=\s*(?:True|False)\s*(?:#.*)?\r?\n", line)
    return (Edit(where.path, line, "", where.line),) if is_certain else ()


def _misspelt(project: Project, settings: Settings, name: str, where: Place) -> Iterator[Finding]:
    meant = known.meant(name, known.SETTINGS) if name.isupper() else None
    if meant and meant not in settings and not project.code.reads(name):
        yield Finding(
            where,
            f"{name} does nothing: Django knows no such setting",
            f"write {meant}, if that is what is meant",
            (Edit(where.path, name, meant, where.line),),
        )


def _keys(project: Project, table: Table) -> Iterator[Finding]:
    for key, entry in table.entries.items():
        removed = known.REMOVED_OF_REST_FRAMEWORK.get(key)
        meant = known.meant(key, known.REST_FRAMEWORK)
        if removed:
            yield Finding(entry.where, f"{key} of REST_FRAMEWORK does nothing: it was removed", removed)
        elif meant and meant not in table.entries and not project.code.reads(f"REST_FRAMEWORK.{key}"):
            yield Finding(
                entry.where,
                f"{key} of REST_FRAMEWORK does nothing: there is no such key",
                f"write {meant}, if that is what is meant",
                (Edit(entry.where.path, key, meant, entry.where.line),),
            )
