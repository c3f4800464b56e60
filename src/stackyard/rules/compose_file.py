"""There is a Compose file.

One command brings up what the application needs, in the same versions for everybody. Any name and folder will
do, as long as the file has `services` with an `image` or a `build`. Files of documentation and of examples
(`docs`, `examples`) show others how to run it; they do not count, and no other rule looks at them.

Standard: Containerization: Docker + docker-compose (REQUIRED); docker-compose for local development.
"""

from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.project.composes import is_documentation
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("compose-file", entry="docker-compose")
def check(project: Project) -> Iterator[Finding]:
    if not project.composes and not any("compose" in problem.where.path for problem in project.problems):
        paths = project.files.matching("*compose*.y*ml")
        shown = [path for path in paths if is_documentation(project.files, path)]
        yield Finding(
            Place(""),
            (
                f"no Compose file, aside from {shown[0]}, brings up the application and its services"
                if shown
                else "no Compose file brings up the application and its services"
            ),
            "add docker-compose.yml with the application, PostgreSQL, Redis and the workers",
        )
