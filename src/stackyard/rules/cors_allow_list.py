"""The origins that may read answers are listed.

CORS_ALLOW_ALL_ORIGINS lets scripts of any site read what the API answers; with CORS_ALLOW_CREDENTIALS, as
whoever is logged in. Looked at are production's settings.

Standard: Security, Security Headers: django-cors-headers.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.project.settings.deployed import truth
from stackyard.project.settings.values import FromEnvironment
from stackyard.rule import Finding, rule


@rule("cors-allow-list", entry="settings-security")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    for name in ("CORS_ALLOW_ALL_ORIGINS", "CORS_ORIGIN_ALLOW_ALL") if settings else ():
        values = settings.values(name) if settings else []
        for value in values:
            found = value.default if isinstance(value, FromEnvironment) and value.has_default else value
            if settings and isinstance(found, (bool, str)) and truth(found):
                yield Finding(
                    settings.place(name),
                    f"{name} is on in production" + (", or may be" if len(values) > 1 else ""),
                    "list the origins in CORS_ALLOWED_ORIGINS, from the environment",
                )
