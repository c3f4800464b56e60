"""Every package that the standard recommends is there, or one that may stand in its place.

Looked at is what the lock has, or else what pyproject.toml, requirements files and a Pipfile ask for; what
CI, a script or a Dockerfile has pip install is there, too. Silent where it cannot be told what is installed,
and for what the project has no use for: Pillow without an image field, django-storages without a file field,
django-filter without a REST API, django-redis beside Django's own backend. A project of `stackyard new` goes
by its answers. Where Poetry does not manage the packages, all are one finding.

Standard: Common Django packages: recommended; and each recommended technology that comes as a package.
"""

from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.project.installs import named
from stackyard.project.stack import additions, lacking
from stackyard.rule import Finding, rule
from stackyard.standard.reader import Level


@rule("recommended-packages", entry="ipython")
def check(project: Project) -> Iterator[Finding]:
    by_pip = named(project.installs)
    missing = [item for item in project.stack.missing(Level.RECOMMENDED) if not by_pip & set(item.packages)]
    for items in project.stack.together(missing):
        where = project.packages.listing or Place("")
        names = tuple(item.id for item in items)
        yield Finding(where, lacking(items, others=False), additions(items), names=names)
