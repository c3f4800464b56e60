"""No other manager of packages stands beside Poetry.

Two lists of packages drift apart, and which of them counts is then a matter of who installs. Looked at are
the files of uv, PDM, Pipenv, conda and setuptools beside pyproject.toml, and requirements files that a
Dockerfile, CI or a script installs. A requirements file that nothing installs, that of the documentation, and
all of them where `poetry export` writes them, are no findings.

Standard: Poetry, best practices: never mix Poetry with pip/requirements.txt.
"""

import re
from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.project.installs import Install
from stackyard.rule import Finding, rule

_BESIDE = {
    "uv.lock": ("uv", "."),
    "pdm.lock": ("PDM", "."),
    "Pipfile": ("Pipenv", "."),
    "Pipfile.lock": ("Pipenv", "."),
    "environment.yml": ("conda", r"^dependencies:"),
    "environment.yaml": ("conda", r"^dependencies:"),
    "setup.py": ("setuptools", r"^\s*install_requires\s*="),
    "setup.cfg": ("setuptools", r"^install_requires\s*="),
}
_ASIDE = regex(r"(?:^|/)(?:docs?|examples?|tests?|sandbox|demo|ansible|terraform|infra)/", re.IGNORECASE)


@rule("poetry-only", entry="poetry-only")
def check(project: Project) -> Iterator[Finding]:
    if not (project.packages.is_poetry and project.packages.dependencies):
        return
    told = set()
    for name, (manager, pattern) in _BESIDE.items():
        path = f"{project.packages.folder}{name}"
        if manager not in told and re.search(pattern, project.files.text(path), re.MULTILINE):
            told.add(manager)
            yield Finding(
                project.files.place(path, pattern) if "^" in pattern else Place(path),
                f"{name} is {manager}'s, beside Poetry's pyproject.toml",
                "bring what only it has into pyproject.toml, and delete it",
            )
    if not _exports(project):
        yield from _requirements(project)


def _exports(project: Project) -> bool:
    runs = (line for dockerfile in project.dockerfiles for line in dockerfile.runs)
    lines = (*runs, *project.ci_commands, *project.scripts, *project.hook_commands)
    return any(
        re.search(r"poetry[ -]export|plugin-export|poetry[ -](?:plugin-)?bundle", line.text) for line in lines
    )


def _requirements(project: Project) -> Iterator[Finding]:
    installed: dict[str, Install] = {}
    for install in project.installs:
        for name in install.requirements:
            tail = re.sub(r"^(?:\.?/)+", "", name)
            for path in project.packages.requirements_files:
                if (path == tail or path.endswith(f"/{tail}") or tail.endswith(f"/{path}")) and _is_ours(
                    project, path
                ):
                    installed.setdefault(path, install)
    for path, install in installed.items():
        yield Finding(
            Place(path),
            f"{path} is installed by pip ({install.where}), beside Poetry",
            "install with `poetry install --only main` instead, and delete the file",
        )


def _is_ours(project: Project, path: str) -> bool:
    """Say whether a requirements file is the Django project's, and not another service's."""
    inner = path.removeprefix(project.packages.folder)
    is_beside = path.startswith(project.packages.folder) and inner.count("/") <= inner.startswith(
        "requirements/"
    )
    asks = any(item.name == "django" and item.where.path == path for item in project.packages.elsewhere)
    return (is_beside or asks) and not _ASIDE.search(path)
