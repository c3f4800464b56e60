"""The Django projects that stand beside, or within, the one that is checked.

A repository of several services has a manage.py and packages for each: what one of them installs or sets says
nothing of another.
"""

from __future__ import annotations

import re
from posixpath import dirname

from stackyard.project.files import Files

_PACKAGES = ("pyproject.toml", "Pipfile", "setup.py", "setup.cfg")
_DJANGO = re.compile(r"^[\s\"']*django(?![\w-])", re.IGNORECASE | re.MULTILINE)


def projects_apart(files: Files) -> tuple[str, ...]:
    """Give the folders of other Django projects, where each has packages of its own, and the first as well.

    The first is the one whose manage.py is the shallowest, and of several the one with the most modules.
    """
    folders = [dirname(path) for path in files.matching("manage.py")]
    if len(folders) < 2:
        return ()
    modules = files.matching("*.py")

    def rank(folder: str) -> tuple[int, int, str]:
        within = sum(path.startswith(f"{folder}/") for path in modules)
        return (folder.count("/") + bool(folder), -within, folder)

    first, *others = sorted(folders, key=rank)
    if not _has_packages(files, first):
        return ()
    return tuple(
        folder
        for folder in others
        if not f"{first}/".startswith(f"{folder}/") and _has_packages(files, folder)
    )


def _has_packages(files: Files, folder: str) -> bool:
    """Say whether a folder asks for Django itself."""
    start = f"{folder}/" if folder else ""
    named = [path for path in (f"{start}{name}" for name in _PACKAGES) if path in files]
    named += [
        path
        for path in files.matching("*requirements*.txt", "*requirements*.in", "*requirements/*.txt")
        if path.startswith(start) and path[len(start) :].count("/") <= ("requirements/" in path)
    ]
    return any(_DJANGO.search(files.text(path)) for path in named)
