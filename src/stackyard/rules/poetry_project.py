"""Poetry manages the packages.

One file says which packages the project needs, and one lock says which versions everybody gets: developers,
CI and production. pyproject.toml is Poetry's if it has a `[tool.poetry]` table, poetry-core as its build
backend, or a poetry.lock beside it; the packages may stand in `[tool.poetry.dependencies]` or in `[project]`.
Where this finds something, the other rules on Poetry are silent.

Standard: Required tools: Poetry, for dependency management.
"""

import re
from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_MANAGERS = {
    "uv.lock": "uv",
    "pdm.lock": "PDM",
    "Pipfile": "Pipenv",
    "*requirements*.txt": "pip",
    "requirements/*.txt": "pip",
    "setup.py": "setuptools",
    "environment.y*ml": "conda",
}
_TABLES = {("tool", "uv"): "uv", ("tool", "pdm"): "PDM", ("tool", "hatch", "envs"): "Hatch"}
_PLAIN = regex(r"(?:^|/)requirements\.txt$")
_REMEDY = (
    "`poetry init`, bring the packages over with `poetry add`, and commit pyproject.toml and poetry.lock"
)


@rule("poetry-project", entry="poetry")
def check(project: Project) -> Iterator[Finding]:
    packages = project.packages
    if packages.is_poetry and (packages.dependencies or not packages.elsewhere):
        return
    if packages.pyproject is None and "pyproject.toml" in project.files:
        return  # which cannot be read: a problem of its own
    found = _other_manager(project)
    if found is not None:
        yield Finding(Place(found[0]), f"{found[1]} manages the packages, and not Poetry", _REMEDY)
    elif packages.pyproject is None:
        yield Finding(Place(""), "no pyproject.toml says which packages the project needs", _REMEDY)
    elif not packages.is_poetry:
        fact = (
            "nothing says that Poetry manages the packages: no [tool.poetry], no poetry-core, no poetry.lock"
        )
        yield Finding(Place(packages.pyproject.path), fact, "let Poetry manage them, and commit poetry.lock")


def _other_manager(project: Project) -> tuple[str, str] | None:
    """Give the file of the manager that there is, and its name."""
    of_django = [item.where.path for item in project.packages.elsewhere if item.name == "django"]
    for pattern, name in _MANAGERS.items():
        paths = project.files.matching(pattern)
        for path in sorted(paths, key=lambda path: (path not in of_django, not _PLAIN.search(path))):
            text = project.files.text(path)
            if re.search(r"(?:^|/)(?:docs?|examples?|(?:load_?)?tests?)/", path) or (
                name == "setuptools" and "install_requires" not in text
            ):
                continue
            return path, name
    toml = project.packages.pyproject
    for keys, name in _TABLES.items() if toml else ():
        if toml and toml.get(*keys):
            return toml.path, name
    return None
