"""The Django projects that stand beside, or within, the one that is checked.

A repository of several services has a manage.py and packages for each: what one of them installs or sets says
nothing of another.
"""

from __future__ import annotations

import re
from collections import Counter
from posixpath import dirname

from stackyard.formats.regexes import regex
from stackyard.project.files import Files, above

_PACKAGES = ("pyproject.toml", "Pipfile", "setup.py", "setup.cfg")
_LISTS = ("*requirements*.txt", "*requirements*.in", "*requirements/*.txt")
_DJANGO = regex(r"^[\s\"']*django(?![\w-])", re.IGNORECASE | re.MULTILINE)


def projects_apart(files: Files) -> tuple[str, ...]:
    """Give the folders of other Django projects, where each has packages of its own, and the first as well.

    The first is the one whose manage.py is the shallowest, and of several the one with the most modules.
    """
    folders = {dirname(path) for path in files.matching("manage.py")}
    if len(folders) < 2:
        return ()
    modules = Counter(folder for path in files.matching("*.py") for folder in above(path))
    first, *others = sorted(
        folders, key=lambda folder: (folder.count("/") + bool(folder), -modules[folder], folder)
    )
    asking = _asking(files)
    if first not in asking:
        return ()
    return tuple(folder for folder in others if folder in asking and not f"{first}/".startswith(f"{folder}/"))


def _asking(files: Files) -> set[str]:
    """Give the folders with packages of their own: those that ask for Django itself."""
    found: set[str] = set()
    for path in files.matching(*_PACKAGES, *_LISTS):
        if _DJANGO.search(files.text(path)):
            found.add(dirname(path))
            if "requirements/" in path:
                found.add(dirname(dirname(path)))
    return found
