"""The outbox has its tables, and events are put into it.

An outbox that is installed and not among the apps has no table; one that no code writes to sends nothing.

Flagged is a project that installs django-outbox-pattern while its settings, as far as they are known to be
whole, do not have `django_outbox_pattern` among INSTALLED_APPS, or while no code, tests and comments aside,
imports it. That a process publishes what is in it is another rule's.

Standard: Event-Driven Architecture: Event Store: PostgreSQL (Outbox pattern).
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("outbox-wired", entry="outbox")
def check(project: Project) -> Iterator[Finding]:
    package = project.packages.deployed("django-outbox-pattern")
    settings = project.settings.production
    if package is None or settings is None:
        return
    apps = settings.items("INSTALLED_APPS")
    if apps.is_whole and not any(name.split(".")[0] == "django_outbox_pattern" for name in apps.texts()):
        yield Finding(
            settings.place("INSTALLED_APPS"),
            "django-outbox-pattern is installed, and not among INSTALLED_APPS: it has no tables",
            'add "django_outbox_pattern"',
        )
    elif not project.mentions(r"^\s*(?:from|import)\s+django_outbox_pattern\b"):
        yield Finding(
            package.where,
            "django-outbox-pattern is installed, and no event is put into the outbox",
            "decorate models with `@publish`, or create `Published` in the transaction of what happened",
        )
