"""Sentry is started.

The SDK reports nothing until `sentry_sdk.init` has been called.

Flagged is a project that installs sentry-sdk, and in whose code, tests and comments aside, nothing calls
`init` of it. Where the DSN comes from is another rule's.

Standard: Monitoring & Logging: Error Tracking: Sentry.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_INIT = (
    r"\bsentry_sdk\.init\b|from\s+sentry_sdk(?:\.\w+)?\s+import\s+[^\n]*\binit\b|\bsentry\w*\.init\("
    r"|\binit_sentry\("
)


@rule("sentry-initialised", entry="sentry")
def check(project: Project) -> Iterator[Finding]:
    sentry = project.packages.deployed("sentry-sdk")
    if sentry and project.settings.modules and not project.mentions(_INIT):
        yield Finding(
            sentry.where,
            "sentry-sdk is installed, and nothing calls sentry_sdk.init: no error is reported",
            "call `sentry_sdk.init(dsn=…)` in production's settings or in an AppConfig",
        )
