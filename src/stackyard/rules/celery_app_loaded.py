"""The Celery application is loaded with Django.

A task that is sent before the application is imported goes to a default one: to a broker on localhost, by
settings of nobody. It is imported wherever Django starts if the `__init__.py` of the settings' package does
it.

Looked for are the modules that make a `Celery(…)`, and any other module of the project, tests aside, that
imports one of them: a package's `__init__.py`, an `AppConfig`, `wsgi.py`, or the tasks themselves. Where the
application is made in an `__init__.py` or among the settings, it is loaded. An application that comes from
another package is not looked at.

Standard: Background Jobs & Async Tasks: Celery 5.3+.
"""

import re
from collections.abc import Iterator
from posixpath import basename, dirname, join

from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.rule import Edit, Finding, rule

_APP = regex(r"^app\b[^=\n]*=", re.MULTILINE)


@rule("celery-app-loaded", entry="celery")
def check(project: Project) -> Iterator[Finding]:
    apps = project.tasks.apps
    if not apps:
        yield from _without_app(project)
        return
    settings = {module.path for module in project.settings.modules}
    if not any(
        basename(app.path) == "__init__.py" or app.path in settings or any(project.python.importers(app.path))
        for app in apps
    ):
        path = apps[0].path
        module = basename(path).removesuffix(".py")
        package = join(dirname(path), "__init__.py")
        line = f"from .{module} import app as celery_app"
        yield Finding(
            apps[0],
            f"no module imports {path}: where Django starts, there is no Celery application",
            f"add `{line}` to {package}",
            _edits(project, path, package, line),
        )


def _without_app(project: Project) -> Iterator[Finding]:
    celery = project.packages.get("celery")
    if celery and celery.is_main and project.settings.modules and not project.mentions(r"\bCelery\b"):
        yield Finding(
            celery.where,
            "celery is installed, and no module makes a Celery application",
            "make one in `celery.py` beside the settings: `app = Celery(…)`",
        )


def _edits(project: Project, path: str, package: str, line: str) -> tuple[Edit, ...]:
    """Import it, if its package is the one that Django imports first, and does not list its names."""
    beside = any(dirname(module.path).startswith(dirname(path)) for module in project.settings.modules)
    names_app = any(place.path == path for place, _ in project.python.find_all(_APP))
    is_plain = package in project.files and "__all__" not in project.files.text(package)
    new = f'{line}\n\n__all__ = ("celery_app",)\n'
    return (Edit(package, "", new),) if beside and names_app and is_plain and dirname(path) else ()
