"""The oldest Python that the project runs on is not older than the standard's.

What pyproject.toml allows, somebody runs: an older Python lacks what the code of other teams takes for
granted, and its security fixes end earlier. Looked at is the lowest version that `python` or
`requires-python` takes.

Standard: Core framework: Python 3.13+.
"""

from collections.abc import Iterator

from packaging.version import Version

from stackyard.project.facts import Project
from stackyard.project.packages import lowest
from stackyard.rule import Finding, rule


@rule("python-minimum", entry="python")
def check(project: Project) -> Iterator[Finding]:
    technology = project.standard.technologies.get("python")
    if project.packages.python is None or technology is None or technology.minimum is None:
        return
    constraint, where = project.packages.python
    oldest, minimum = lowest(constraint), Version(technology.minimum)
    if oldest is None:
        yield Finding(
            where, f"any Python will do: {constraint!r} has no lower bound", f'ask for "^{minimum}"'
        )
    elif oldest < minimum:
        yield Finding(
            where,
            f"Python {oldest} will do ({constraint!r}); the standard wants {minimum} or later",
            f'ask for "^{minimum}", and run `poetry lock`',
        )
