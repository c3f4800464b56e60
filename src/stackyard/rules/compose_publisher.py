"""Something publishes what is in the outbox.

An outbox that no process reads fills up: events are written in the transaction, as they should be, and nobody
ever gets them. django-outbox-pattern has the command `publish` for it, which must be a process of its own: in
Compose, a script that one starts, a Procfile, a manifest.

Standard: docker-compose.yml, essential services: outbox_publisher, `python manage.py publish`.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_PUBLISHES = r"(?:manage\.py|django-admin|-m django)[\"',\s]+publish\b(?!\w)"
_CALLS = r"call_command\([\"']publish[\"']"


@rule("compose-publisher", entry="outbox")
def check(project: Project) -> Iterator[Finding]:
    package = project.packages.get("django-outbox-pattern")
    if package is None or not project.composes or project.process(_PUBLISHES) or project.mentions(_CALLS):
        return
    yield Finding(
        package.where,
        "django-outbox-pattern is installed, and nothing runs its command `publish`",
        "add a process that runs `python manage.py publish` to Compose, and to what production runs",
    )
