"""Every package that the standard recommends is there, or one that may stand in its place.

Looked at is what the lock has, or else what pyproject.toml, requirements files and a Pipfile ask for. Silent
where it cannot be told what is installed, and for what the project has no use for: Pillow without an image
field, django-storages without a file field, django-filter without a REST API, django-redis beside Django's
own backend. A project of `stackyard new` goes by its answers.

Standard: Common Django packages: recommended; and each recommended technology that comes as a package.
"""

from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule
from stackyard.standard.reader import Level

_DEVELOPMENT = {"quality", "developer"}


@rule("recommended-packages", entry="ipython")
def check(project: Project) -> Iterator[Finding]:
    for item in project.stack.missing(Level.RECOMMENDED):
        is_tool = item.section in _DEVELOPMENT or item.id in {"django-silk", "django-querycount", "ipython"}
        yield Finding(
            project.packages.listing or Place(""),
            f"{item.name} is not installed",
            f"`poetry add {'--group dev ' if is_tool else ''}{item.packages[0]}`",
        )
