"""What is scheduled has a Celery Beat that sends it.

A schedule alone does nothing: a process of Beat has to run beside the workers, one and no more.

Taken for a schedule: `CELERY_BEAT_SCHEDULE` in production's settings, `beat_schedule` or `add_periodic_task`
in the code, and `django_celery_beat` among the apps. Taken for its process: a command with `celery … beat`,
`celery worker -B` (or `--beat`) or `celerybeat` in Compose, a Procfile, a Dockerfile, a script, a manifest of
Kubernetes or a unit of systemd. Where no Celery worker is to be found in any of them either, the processes
are elsewhere, and nothing is said.

Standard: Background Jobs & Async Tasks: Scheduler: Celery Beat (periodic tasks).
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_BEAT = (
    r"(?<![\w-])celery[\s\"',][^\n]*[\s\"',](?:(?:--)?beat(?![\w-])|-\w*B\b)"
    r"|(?:manage\.py |/(?:\S*/)?(?:start-)?)celery-?beat(?:\s|$)"
)


@rule("beat-has-a-process", entry="celery-beat")
def check(project: Project) -> Iterator[Finding]:
    if project.process(_BEAT) or not project.process(r"\bcelery\b[^\n]*\bworker\b"):
        return
    if project.schedule:
        yield Finding(
            project.schedule,
            "tasks are scheduled, and no process of Celery Beat sends them",
            "run `celery -A … beat` beside the workers, once",
        )
