"""Sentry's DSN comes from the environment.

A DSN in the source has every developer's and every test's errors among production's, and lets whoever reads
the repository send more of them.

Looked for is a DSN that is written out (`https://key@host/number`) in the project's Python, tests and
comments aside, be it the default of a variable.

Standard: Security, secrets management: environment variables.
"""

from collections.abc import Iterator

from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_DSN = regex(r"[\"']https://[0-9a-f]{32}(?::[0-9a-f]{32})?@(?P<host>[\w.-]+)/(?:[\w-]+/)*\d+[\"']")


@rule("sentry-dsn-from-environment", entry="sentry")
def check(project: Project) -> Iterator[Finding]:
    for place, match in project.python.find_all(_DSN):
        yield Finding(
            place,
            f"the DSN of a project at {match['host']} is written into the source",
            'read it from a variable, with none by default: `env("SENTRY_DSN", default="")`',
        )
