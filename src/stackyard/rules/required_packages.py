"""Every package that the standard requires is there, or one that may stand in its place.

Looked at is what the lock has, or else what pyproject.toml, requirements files and a Pipfile ask for;
pre-commit's hooks bring their tools along, and what CI, a script or a Dockerfile has pip install is there,
if not as it should be. Silent where it cannot be told what is installed, as with a list without Django or
anything for it, and for what the project has no use for: a token for an API where there is none, Celery where
tasks are run by Django's own framework, WhiteNoise where a bucket serves static files. A project of
`stackyard new` goes by its answers. Where Poetry does not manage the packages, all are one finding.
ruff in the place of black, isort, flake8 and pylint is one finding: a team that wants it names it in a stack
file of its own, as their alternative.

Standard: Common Django packages: essential; Testing & quality; and each technology that comes as a package.
"""

from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.project.installs import named
from stackyard.project.stack import additions, lacking
from stackyard.rule import Finding, rule
from stackyard.standard.reader import Level

_BY_RUFF = {"black", "isort", "flake8", "pylint"}


@rule("required-packages", entry="django")
def check(project: Project) -> Iterator[Finding]:
    by_pip = named(project.installs)
    missing = [item for item in project.stack.missing(Level.REQUIRED) if not by_pip & set(item.packages)]
    where = project.packages.listing or Place("")
    by_ruff = [item for item in missing if item.id in _BY_RUFF] if project.stack.has_ruff else []
    if by_ruff:
        names = ", ".join(item.name for item in by_ruff)
        remedy = "use them, or name ruff as their alternative in your team's stack file"
        fact = f"ruff stands in the place of {names}, which the standard does not know"
        yield Finding(where, fact, remedy, names=tuple(item.id for item in by_ruff))
    others = [item for item in missing if item not in by_ruff]
    for items in project.stack.together(others):
        yield Finding(where, lacking(items), additions(items), names=tuple(item.id for item in items))
