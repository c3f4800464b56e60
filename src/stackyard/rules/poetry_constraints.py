"""Each package is asked for with an upper bound.

`*` and `>=1.0` take the next major version as well, on the day on which it comes out: the next `poetry
update` breaks what has not been changed. `^1.0`, `~1.0`, `1.*` and `>=1.0,<2` have an end. Looked at is what
pyproject.toml asks for, in every group, where Poetry manages it; packages from Git, a path or an address have
no range, and are no findings.

Standard: Poetry, best practices: use `^` for compatible updates.
"""

import re
from collections.abc import Iterator

from packaging.version import Version

from stackyard.formats.tomls import Toml
from stackyard.lock.hashing import content_hash
from stackyard.project.facts import Project
from stackyard.project.names import normalized
from stackyard.project.packages import Dependency
from stackyard.rule import Edit, Finding, rule


@rule("poetry-constraints", entry="poetry-constraints")
def check(project: Project) -> Iterator[Finding]:
    packages = project.packages
    if packages.pyproject is None or not packages.is_poetry:
        return
    bounded = {item.name for item in packages.dependencies if item.constraint}
    text = packages.pyproject.text
    for item in packages.dependencies:
        # One without a version may only say where [project]'s, of the same name, comes from.
        if item.source or item.is_bounded or (not item.constraint and item.name in bounded):
            continue
        asked = f"{item.constraint} of it" if item.constraint not in {"", "*"} else "any version of it"
        edit = _edit(item, packages.locked.get(item.name), text)
        edits: tuple[Edit, ...] = ()
        if edit is not None:
            after = _edited(text, edit)
            edits = (edit, *_lock_edits(project, text, after))
            text = after
        yield Finding(
            item.where,
            f"{item.name} has no upper bound: {asked} will do",
            f"name one, such as `{_caret(item, packages.locked.get(item.name))}`, and run `poetry lock`",
            edits,
        )


def _caret(item: Dependency, locked: Version | None) -> str:
    if locked is not None:
        return f"^{locked.base_version}"
    found = re.search(r"\d+(?:\.\d+)*", item.constraint)
    return f"^{found[0] if found else 'VERSION'}"


def _edit(item: Dependency, locked: Version | None, text: str) -> Edit | None:
    """Bound a package by what is locked, where it stands alone on its line."""
    lines = text.splitlines(keepends=True)
    if locked is None or not 0 < item.where.line <= len(lines):
        return None
    line, path, number = lines[item.where.line - 1], item.where.path, item.where.line
    upper = f"{locked.major + 1}" if locked.major else f"0.{locked.minor + 1}"
    quoted = re.search(r"[\"'](?P<name>[\w.-]+)(?:\[[^]]*\])?[\"']", line)
    if line.count('"*"') == 1 and item.constraint == "*":
        return Edit(path, '"*"', f'"^{locked.base_version}"', number)
    if not item.constraint and quoted and normalized(quoted["name"]) == item.name and line.count('"') == 2:
        return Edit(path, quoted[0], f'{quoted[0][:-1]} (>={locked.base_version},<{upper})"', number)
    if re.fullmatch(r">=?\s*[\w.]+", item.constraint) and line.count(item.constraint) == 1:
        return Edit(path, item.constraint, f"{item.constraint},<{upper}", number)
    return None


def _edited(text: str, edit: Edit) -> str:
    lines = text.splitlines(keepends=True)
    lines[edit.line - 1] = lines[edit.line - 1].replace(edit.old, edit.new, 1)
    return "".join(lines)


def _lock_edits(project: Project, before: str, after: str) -> Iterator[Edit]:
    """Keep the lock in step, which has what the new bound asks for."""
    lock = project.packages.lock_path
    old, new = (content_hash(Toml("pyproject.toml", text).data) for text in (before, after))
    written = project.packages.lock.get("metadata", "content-hash") if project.packages.lock else None
    if lock and project.packages.pyproject and written == content_hash(project.packages.pyproject.data):
        yield Edit(lock, f'content-hash = "{old}"', f'content-hash = "{new}"')
