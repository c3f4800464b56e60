"""The origins that may read answers are listed.

CORS_ALLOW_ALL_ORIGINS lets scripts of any site read what the API answers; with CORS_ALLOW_CREDENTIALS, as
whoever is logged in. Looked at are production's settings; where the list itself says `*`, somebody has asked
for it.

Standard: Security, Security Headers: django-cors-headers.
"""

from collections.abc import Iterator
from typing import Any

from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.project.settings.deployed import certain, truth
from stackyard.project.settings.values import Choice, FromEnvironment
from stackyard.rule import Finding, rule

_ALL = regex(r"\w+ == (?:\[['\"]\*['\"]\]|['\"]\*['\"])|['\"]\*['\"] in \w+")


@rule("cors-allow-list", entry="settings-security")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    for name in ("CORS_ALLOW_ALL_ORIGINS", "CORS_ORIGIN_ALLOW_ALL") if settings else ():
        values = settings.values(name) if settings else []
        if settings and _is_asked_for(settings.value(name)):
            continue
        for value in values:
            found = value.default if isinstance(value, FromEnvironment) and value.has_default else value
            if settings and isinstance(found, (bool, str)) and truth(found):
                yield Finding(
                    settings.place(name),
                    f"{name} is on in production" + (", or may be" if len(values) > 1 else ""),
                    "list the origins in CORS_ALLOWED_ORIGINS, from the environment",
                )


def _is_asked_for(value: Any) -> bool:
    """Say whether all that may turn it on is a list of origins with `*` in it."""
    options = certain(value) if isinstance(value, Choice) else ()
    conditions = [condition for condition, option in options if truth(option)]
    return bool(conditions) and all(map(_ALL.fullmatch, conditions))
