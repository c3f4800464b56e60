"""There is a Dockerfile for the application.

An image is the same on a laptop, in CI and in production; a server that is set up by hand is like no other.
Any name and folder will do: `Dockerfile`, `compose/production/django/Dockerfile`, `api.Dockerfile`. One that
builds a database, a proxy or a frontend is not the application's. Images that a platform makes by itself
(buildpacks) do not count.

Standard: Required tools: Docker, for containerization and deployment.
"""

from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("docker-dockerfile", entry="docker")
def check(project: Project) -> Iterator[Finding]:
    unread = any("Dockerfile" in problem.where.path for problem in project.problems)
    if project.app_images or unread or any(_may_be(file.final.base.text) for file in project.dockerfiles):
        return
    yield Finding(
        Place(""),
        "no Dockerfile builds an image of the application",
        "add a Dockerfile with two stages: a builder that installs from poetry.lock, and a runtime stage",
    )


def _may_be(base: str) -> bool:
    """Say whether an image may have Python in it already: one of a team's own."""
    return "/" in base or "$" in base
