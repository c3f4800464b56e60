"""Every recommended or optional package that is there is at least as new as the standard wants.

An older version lacks what the code of other teams takes for granted, and gets no security fixes. Looked at
is the version in the lock, or a pinned one; where nothing pins it, the oldest that is asked for, as that may
be installed.

Standard: each minimum of a technology that is recommended: minimal pyproject.toml, django-debug-toolbar 4.2.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule
from stackyard.standard.reader import Level


@rule("recommended-versions", entry="django-debug-toolbar")
def check(project: Project) -> Iterator[Finding]:
    for level in (Level.RECOMMENDED, Level.OPTIONAL):
        for item in project.stack.outdated(level):
            oldest = f"{item.package}@^{item.technology.minimum}"
            yield Finding(
                item.where, str(item), f'`poetry add "{oldest}"`, or newer, in the group that asks for it'
            )
