"""poetry.lock is there, and Git keeps it.

Without it each installation resolves anew: what was tested is not what is deployed. Looked at are the
poetry.lock beside pyproject.toml and the .gitignore files; a project that Poetry does not manage is
`poetry-project`'s.

Standard: Poetry, best practices: always commit `poetry.lock` to version control.
"""

import re
from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.rule import Edit, Finding, rule

_LINE = r"^/?(?:\*\*/)?poetry\.lock\s*$"


@rule("poetry-lock-committed", entry="poetry-lock")
def check(project: Project) -> Iterator[Finding]:
    packages = project.packages
    if packages.pyproject is None or not (packages.is_poetry and packages.dependencies):
        return
    path = f"{packages.folder}poetry.lock"
    ignored = project.ignored_by_git(path) and path not in (project.tracked or ())
    ignoring = _ignoring(project) if ignored else None
    if ignoring is not None:
        line = project.files.text(ignoring.path).splitlines(keepends=True)[ignoring.line - 1]
        fact = f"{ignoring.path} keeps poetry.lock out of Git"
        edits = (Edit(ignoring.path, line, "", ignoring.line),)
        yield Finding(ignoring, fact, "delete that line, and commit poetry.lock", edits)
    elif ignored:
        yield Finding(
            Place(".gitignore"), "a pattern keeps poetry.lock out of Git", "add `!poetry.lock`, and commit it"
        )
    elif packages.lock_path is None:
        yield Finding(
            Place(packages.pyproject.path),
            "there is no poetry.lock beside it",
            "run `poetry lock`, and commit it",
        )


def _ignoring(project: Project) -> Place | None:
    for path in project.files.matching(".gitignore"):
        for place, _ in project.files.lines_with(path, re.compile(_LINE, re.MULTILINE)):
            return place
    return None
