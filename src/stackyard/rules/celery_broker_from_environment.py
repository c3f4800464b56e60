"""The address of Celery's broker comes from the environment.

An address in the source is the same in development, tests and production, carries its password into the
repository, and takes a commit to change.

Looked at is the broker of production's settings (`CELERY_BROKER_URL`, `BROKER_URL`), and one that is given to
`Celery(broker=…)`. A default for a variable that is not set is no finding here.

Standard: Security, secrets management: environment variables.
"""

import re
from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_NAMES = ("CELERY_BROKER_URL", "BROKER_URL", "CELERY_BROKER")
_URL = r"(?P<url>(?:redis|rediss|amqps?|pyamqp|sqs|kafka|redis\+socket)://[^\"'\s]*)"
_GIVEN = regex(rf"\b(?:broker|broker_url)\s*=\s*[\"']{_URL}[\"']")
_PASSWORD = regex(r"(?<=:)[^:@/]+(?=@)")


@rule("celery-broker-from-environment", entry="settings-environment")
def check(project: Project) -> Iterator[Finding]:
    if settings := project.settings.production:
        for name in _NAMES:
            values = settings.possible(name)
            if values and all(isinstance(value, str) and re.match(_URL, value) for value in values):
                yield _finding(settings.place(name), f"{name} is", values[-1])
    apps = {place.path for place in project.tasks.apps}
    for place, match in project.python.find_all(_GIVEN):
        if place.path in apps:
            yield _finding(place, "the Celery application is given the broker", match["url"])


def _finding(where: Place, what: str, url: str) -> Finding:
    shown = _PASSWORD.sub("…", url)
    return Finding(
        where,
        f"{what} {shown}, whatever the environment says",
        'read it from a variable: `CELERY_BROKER_URL = env("CELERY_BROKER_URL")`',
    )
