"""No package is installed past Poetry's lock, by a `pip install` of its own.

What pip installs is whatever is newest that day, and nobody's lock knows of it. Looked at are Dockerfiles, CI
and scripts. Tools that bring Poetry or their own environments (Poetry itself, pipx, tox, pre-commit), wheels,
the project itself, and requirements files, which `poetry-only` looks at, are no findings; neither are
packages outside of the project's images that it does not ask for.

Standard: Poetry, best practices: never mix Poetry with pip/requirements.txt.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.project.installs import Install
from stackyard.rule import Finding, rule

_BOOTSTRAP = frozenset(
    "build certifi distlib keyring nox packaging pip pipx poetry pre-commit setuptools tox tox-gh-actions"
    " twine uv virtualenv wheel".split()
)


@rule("poetry-no-pip", entry="poetry-only")
def check(project: Project) -> Iterator[Finding]:
    if not (project.packages.is_poetry and project.packages.dependencies):
        return
    images = {dockerfile.path for dockerfile in project.dockerfiles}
    with_poetry = {
        dockerfile.path
        for dockerfile in project.dockerfiles
        if any("poetry" in run.text for run in dockerfile.runs)
    }
    managed = _managed(project)
    for install in project.installs:
        if install.where.path in images - with_poetry:
            continue
        names = [name for name in _foreign(install) if install.where.path in with_poetry or name in managed]
        if names:
            yield Finding(
                install.where,
                f"pip installs {', '.join(names)} past Poetry's lock: `{_short(install.text)}`",
                f"`poetry add {' '.join(names)}` (`--group dev` for tools), and `poetry install`",
            )


def _foreign(install: Install) -> list[str]:
    return [name for name in install.packages if name not in _BOOTSTRAP and not name.startswith("poetry-")]


def _managed(project: Project) -> set[str]:
    asked = {dependency.name for dependency in project.packages.dependencies}
    of_standard = {name for item in project.standard.technologies.values() for name in item.packages}
    return asked | of_standard


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
