"""Something starts a Celery worker.

Celery is installed, tasks are sent to the broker, and no process takes them: nothing fails, and nothing
happens. It counts a service of Compose, a script that one starts, one in Python too, a Procfile, a manifest
or a unit of systemd.

Standard: docker-compose.yml, essential services: celery_worker, `celery -A myproject worker`.
"""

from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_WORKER = (
    r"\bcelery[ \t.\"',][^\n]*\bworker\b|\bcelery\s+multi\b|\bceleryd\b"
    r"|manage\.py[\"',\s]+(?:\w*celery_?worker\w*|run_?celery|celeryd?)\b"
)
# What starts it by `subprocess`: a list of words, or all of them in a text.
_IN_PYTHON = (
    r"\bworker_main\(|[\"']celery[\"']\s*,[^\]\)]{0,400}[\"']worker[\"']"
    r"|[\"'](?:[^\"'\n]*\s)?celery\s[^\"'\n]*\bworker\b"
)


@rule("compose-worker", entry="celery")
def check(project: Project) -> Iterator[Finding]:
    celery = project.packages.get("celery")
    if celery is None or not project.composes or project.process(_WORKER) or project.mentions(_IN_PYTHON):
        return
    yield Finding(
        Place(project.composes[0].path),
        "Celery is installed, and nothing starts a worker: no service of Compose, no script, no Procfile",
        "add a service that runs `celery -A config worker`, of the application's image",
    )
