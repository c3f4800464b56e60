"""SECRET_KEY comes from the environment, without a default that anybody can read.

Whoever knows the key signs sessions, password resets and tokens for any account. A key in the repository is
known to everybody who ever had it, and so is a default: a deployment that forgets the variable runs on it
without a word. What only development or tests have, by a module of their own or by `if DEBUG`, may be a
constant.

Standard: Security, Secrets Management: environment variables.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.project.settings.values import FromEnvironment, possible
from stackyard.rule import Finding, rule


@rule("secret-key-from-environment", entry="settings-environment")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    if settings is None:
        return
    for value in settings.values("SECRET_KEY"):
        if isinstance(value, str) and value:
            yield Finding(
                settings.place("SECRET_KEY"),
                "SECRET_KEY is written in the settings",
                "read it from the environment, and make a new one: this one is known",
            )
        elif isinstance(value, FromEnvironment) and value.has_default:
            if any(isinstance(option, str) and option for option in possible(value.default)):
                yield Finding(
                    settings.place("SECRET_KEY"),
                    f"SECRET_KEY has a default that anybody can read, if {value.variable} is not set",
                    "leave the default out, so that a deployment without the variable does not start",
                )
