"""DEBUG is off in production, unless the environment says otherwise.

With DEBUG on, every error shows settings, source and local variables to whoever causes it. A constant
`True`, or a variable whose default is true, is one forgotten line away from that. What a condition such as
`ENVIRONMENT == "development"` guards is not production's.

Standard: Security, Secrets Management: environment variables.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.project.settings.deployed import truth
from stackyard.project.settings.values import FromEnvironment, possible
from stackyard.rule import Finding, rule


@rule("debug-from-environment", entry="settings-environment")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    if settings is None:
        return
    for value in settings.values("DEBUG"):
        found = value.default if isinstance(value, FromEnvironment) and value.has_default else value
        for option in possible(found):
            if isinstance(option, (bool, int, str)) and truth(option):
                variable = value.variable if isinstance(value, FromEnvironment) else ""
                yield Finding(
                    settings.place("DEBUG"),
                    f"DEBUG is on unless {variable} says otherwise" if variable else f"DEBUG is {option!r}",
                    "read it from the environment, False by default",
                )
                return
