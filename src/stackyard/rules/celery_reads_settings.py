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

from collections.abc import Iterator

from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.project.settings.discover import Settings
from stackyard.project.settings.values import FromEnvironment
from stackyard.rule import Finding, rule

_CALL = regex(r"config_from_object\(\s*(?P<arguments>[^()]*(?:\([^()]*\)[^()]*)*)\)")
_DJANGO = regex(r"[\"']django\.conf[:.]settings[\"']|settings\s*(?:,|$)")
_ONE_BY_ONE = r"settings\.CELERY_|config_from_(?:cmdline|envvar)|add_defaults|conf\.update"
_NAMES = (
    "CELERY_TASK_TIME_LIMIT",
    "CELERY_TASK_SOFT_TIME_LIMIT",
    "CELERY_TASK_ALWAYS_EAGER",
    "CELERY_TASK_ACKS_LATE",
    "CELERY_BEAT_SCHEDULE",
    "CELERY_BEAT_SCHEDULER",
    "CELERY_BROKER_URL",
)


@rule("celery-reads-settings", entry="celery")
def check(project: Project) -> Iterator[Finding]:
    name, apps = _meant_for_celery(project.settings.production), project.tasks.apps
    if name is None or not apps or project.mentions(_ONE_BY_ONE):
        return
    calls = list(project.python.find_all(_CALL))
    if not calls:
        yield Finding(
            apps[0],
            f"the Celery application does not read Django's settings: {name} does nothing",
            'add `app.config_from_object("django.conf:settings", namespace="CELERY")`',
        )
    for place, match in calls:
        arguments = match["arguments"].strip()
        if _DJANGO.match(arguments) and "namespace" not in arguments and arguments.count(",") < 2:
            yield Finding(
                place,
                f"the Celery application reads Django's settings without a prefix: {name} does nothing",
                'add `namespace="CELERY"` to the call',
            )


def _meant_for_celery(settings: Settings | None) -> str | None:
    """Give a setting that Celery knows by its prefix alone; None without any."""
    for name in _NAMES if settings else ():
        value = settings.value(name) if settings else None
        # Celery takes its broker from a variable of this name by itself.
        is_own = isinstance(value, FromEnvironment) and value.variable == name
        if settings and name in settings and not is_own:
            return name
    return None
