"""Django finds the templates of the project.

A folder called `templates` in an app is looked into only if TEMPLATES has an engine with `APP_DIRS`, or
with a loader for folders of apps; one beside `manage.py`, only if it is among the `DIRS` of an engine.
Looked at are folders with pages in them. Which of them an engine's `DIRS` name is not looked at: that there
are some is enough.

Standard: Frontend, Template Engine: Django Templates.
"""

from collections.abc import Iterator
from posixpath import dirname, join

from stackyard.project.facts import Project
from stackyard.project.settings.discover import Settings
from stackyard.project.settings.values import UNSET, Items, Table
from stackyard.rule import Finding, rule


@rule("templates-wired", entry="django-templates")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    if settings is None:
        return
    of_apps, of_project = _folder(project, _apps(project, settings)), _folder(project, _tops(project))
    folder, remedy = of_project, '`"DIRS": [BASE_DIR / "templates"]`'
    if of_apps and _is_without(settings, "DIRS", "APP_DIRS"):
        folder, remedy = of_apps, '`"APP_DIRS": True`'
    elif not of_project or not _is_without(settings, "DIRS"):
        return
    yield Finding(
        settings.place("TEMPLATES"),
        f"Django does not look into {folder}",
        f"add {remedy} to an engine of TEMPLATES",
    )


def _is_without(settings: Settings, *keys: str) -> bool:
    """Say whether every engine surely has nothing by some keys, and no loaders of its own."""
    return all(
        value is UNSET
        or (
            isinstance(value, Items)
            and value.is_whole
            and all(_is_blind(item.value, keys) for item in value.items)
        )
        for value in settings.values("TEMPLATES")
    )


def _is_blind(engine: object, keys: tuple[str, ...]) -> bool:
    if not isinstance(engine, Table) or not engine.is_whole:
        return False
    options = engine.get("OPTIONS")
    has_loaders = options is not None and not (
        isinstance(options, Table) and "loaders" not in options.entries
    )
    return not has_loaders and all(_is_nothing(engine.get(key)) for key in keys)


def _is_nothing(value: object) -> bool:
    return value in (None, False) or (isinstance(value, Items) and value.is_whole and not value.items)


def _apps(project: Project, settings: Settings) -> list[str]:
    modules = [project.python.find(text) for text in settings.deployed("INSTALLED_APPS").texts()]
    return [dirname(module) for module in modules if module]


def _tops(project: Project) -> list[str]:
    return [dirname(path) for path in project.files.matching("manage.py")]


def _folder(project: Project, parents: list[str]) -> str:
    """Give the first folder of templates with pages in it; empty without one."""
    folders = [join(parent, "templates") for parent in parents]
    return next((folder for folder in folders if project.files.matching(f"/{folder}/*.html")), "")
