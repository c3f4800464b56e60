"""The Celery application reads the settings that are meant for it.

Settings that begin with `CELERY_` do nothing unless the application is told to read them, by that prefix:
`app.config_from_object("django.conf:settings", namespace="CELERY")`. Without it, Celery has its defaults: a
broker on localhost, no time limits, no schedule. Without the prefix, `CELERY_BROKER_URL` is a name that
Celery does not know.

Flagged is a project whose settings have such names while its code never calls `config_from_object`, or calls
it on Django's settings without a namespace. A module that takes the settings one by one
(`settings.CELERY_BROKER_URL`), or configures Celery from an object of its own, is left alone.

Standard: Background Jobs & Async Tasks: Celery 5.3+.
"""

import re
from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_CALL = re.compile(r"config_from_object\(\s*(?P<arguments>[^()]*(?:\([^()]*\)[^()]*)*)\)")
_DJANGO = re.compile(r"django\.conf:settings|\bsettings\b")
_NAMES = ("CELERY_BROKER_URL", "CELERY_TASK_ALWAYS_EAGER", "CELERY_TASK_TIME_LIMIT", "CELERY_BEAT_SCHEDULE")


@rule("celery-reads-settings", entry="celery")
def check(project: Project) -> Iterator[Finding]:
    settings, apps = project.settings.production, project.tasks.apps
    name = next((name for name in _NAMES if settings and name in settings), None)
    if name is None or not apps:
        return
    calls = list(project.python.find_all(_CALL))
    if not calls and project.mentions(
        r"settings\.CELERY_|config_from_(?:cmdline|envvar)|add_defaults|conf\.update"
    ):
        return
    if not calls:
        yield Finding(
            apps[0],
            f"the Celery application does not read Django's settings: {name} does nothing",
            'add `app.config_from_object("django.conf:settings", namespace="CELERY")`',
        )
    for place, match in calls:
        arguments = match["arguments"]
        if _DJANGO.search(arguments) and "namespace" not in arguments and arguments.count(",") < 2:
            yield Finding(
                place,
                f"the Celery application reads Django's settings without a prefix: {name} does nothing",
                'add `namespace="CELERY"` to the call',
            )
