"""The Celery worker finds the tasks.

A worker knows the tasks of the modules that it has imported. Django imports the apps and their models, and
nothing else: a `tasks.py` that only views import is unknown to the worker, which drops its messages as
unregistered.

Flagged is a project that has modules with tasks (`@shared_task`, `@app.task`, `@task`) and an application,
while none of these modules is imported by the application or by an `AppConfig`, and nothing calls
`autodiscover_tasks` or `autodiscover_modules` or lists them (`include=`, `imports`, `CELERY_IMPORTS`).

Standard: Background Jobs & Async Tasks: Celery 5.3+.
"""

from collections.abc import Iterator
from posixpath import basename

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_LISTS = (
    r"autodiscover_(?:tasks|modules)\(|\b(?:CELERY_)?(?:IMPORTS|INCLUDE)\s*=|\binclude\s*=\s*[\[(\w]"
    r"|conf\.(?:imports|include)\b"
)


@rule("celery-tasks-found", entry="celery")
def check(project: Project) -> Iterator[Finding]:
    apps = {place.path: place for place in project.tasks.apps}
    modules = [place for place in project.tasks.modules if place.path not in apps]
    if not apps or not modules or project.mentions(_LISTS):
        return
    for module in modules:
        importers = project.python.importers(module.path)
        if any(
            place.path in apps or basename(place.path) in {"apps.py", "__init__.py"} for place in importers
        ):
            return
    yield Finding(
        project.tasks.apps[0],
        f"nothing has the Celery worker import the tasks, such as those of {modules[0].path}",
        "add `app.autodiscover_tasks()`",
    )
