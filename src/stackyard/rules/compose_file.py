"""There is a Compose file.

One command brings up what the application needs, in the same versions for everybody. Any name and folder will
do, as long as the file has `services` with an `image` or a `build`.

Standard: Containerization: Docker + docker-compose (REQUIRED); docker-compose for local development.
"""

from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("compose-file", entry="docker-compose")
def check(project: Project) -> Iterator[Finding]:
    if not project.composes and not any("compose" in problem.where.path for problem in project.problems):
        yield Finding(
            Place(""),
            "no Compose file brings up the application and its services",
            "add docker-compose.yml with the application, PostgreSQL, Redis and the workers",
        )
