"""DEBUG is off in production, unless the environment says otherwise.

With DEBUG on, every error shows settings, source and local variables to whoever causes it. A constant `True`, or a
variable whose default is true, is one forgotten line away from that.

Standard: .env file management; Docker, best practices: environment variables.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("debug-from-environment", entry="dotenv")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    if settings is None:
        return
    for value in settings.possible("DEBUG"):
        if value is True or (isinstance(value, str) and value.lower() in {"true", "1", "yes", "on"}):
            yield Finding(
                settings.place("DEBUG"),
                f"DEBUG is {value!r} in {settings.path}, or is by default",
                "read it from the environment, False by default",
            )
