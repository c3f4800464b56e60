"""Every required package is at least as new as the standard wants.

An older version lacks what the code of other teams takes for granted, and gets no security fixes. Looked at
is the version in the lock, or a pinned one; where nothing pins it, the oldest that is asked for, as that may
be installed.

Standard: Core framework: Django 6+; Django REST Framework 3.14+; Celery 5.3+; and each other minimum.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule
from stackyard.standard.reader import Level


@rule("required-versions", entry="django")
def check(project: Project) -> Iterator[Finding]:
    for item in project.stack.outdated(Level.REQUIRED):
        yield Finding(
            item.where, str(item), f'`poetry add "{item.package}@^{item.technology.minimum}"`, or newer'
        )
