"""The oldest Python that the project runs on is not older than the standard's.

What pyproject.toml allows, somebody runs: an older Python lacks what the code of other teams takes for
granted, and its security fixes end earlier. Looked at is the lowest version that `python` or
`requires-python` takes; where neither is there, the image of Python that a deployment runs.

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
    if technology is None or technology.minimum is None:
        return
    if project.packages.python is None:
        yield from _images(project, Version(technology.minimum))
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


def _images(project: Project, minimum: Version) -> Iterator[Finding]:
    for image in project.app_images:
        base = image.stage.base
        # Without a second number (`python:3`), it is the newest.
        if (
            base.is_known
            and base.name in {"python", "pypy"}
            and base.version
            and len(base.version.release) > 1
        ):
            if base.version < minimum:
                yield Finding(
                    image.stage.where,
                    f"the image {base.text} is older than Python {minimum}",
                    f"take `python:{minimum}-slim`, or a later one",
                )
