"""Times have a time zone.

With USE_TZ off, Django stores local times without their zone: an hour of each autumn is there twice, and
servers in two zones disagree. Looked at are production's settings, and Django's default before version 5.

Standard: Core Framework, Application Framework: Django 6+.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("time-zone-aware", entry="django")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    if settings and settings.values("USE_TZ") == [False]:
        yield Finding(
            settings.place("USE_TZ"),
            "USE_TZ is off: times are stored without their zone",
            "turn it on; times that are stored already are in TIME_ZONE, and have to be moved",
        )
