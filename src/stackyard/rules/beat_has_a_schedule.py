"""Celery Beat has something to send.

A process of Beat without a schedule runs for nothing; often the schedule is there under a name that Celery
does not read, or was deleted and the process was forgotten.

Taken for a schedule: `CELERY_BEAT_SCHEDULE`, `beat_schedule` or `add_periodic_task` in the code, and
schedulers that keep it in a database or Redis (django-celery-beat, RedBeat), by a setting or as Beat's
`--scheduler`. Taken for the process: a command
with `celery … beat`.

Standard: Background Jobs & Async Tasks: Scheduler: Celery Beat (periodic tasks).
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("beat-has-a-schedule", entry="celery-beat")
def check(project: Project) -> Iterator[Finding]:
    if project.schedule or not project.tasks.apps:
        return
    process = project.process(r"\bcelery\b[^\n]*\sbeat\b")
    if process is None:
        return
    if project.process(r"\bcelery\b[^\n]*\sbeat\b[^\n]*(?:\s-S|\s--scheduler)\b"):
        return
    if project.mentions(r"(?i)periodic_?task|redbeat|beat_scheduler"):
        return
    yield Finding(
        process.where,
        "Celery Beat runs, and nothing is scheduled",
        "set CELERY_BEAT_SCHEDULE, or stop running Beat",
    )
