"""Django finds the templates of the project.

A folder called `templates` in an app is looked into only if TEMPLATES has an engine with `APP_DIRS`, or with a loader for
folders of apps. Looked at are apps that INSTALLED_APPS names and that have such a folder with pages in it.

Standard: Frontend, Template Engine: Django Templates.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.formats.place import Place
from stackyard.project.settings.values import UNSET, Items, Table
from stackyard.rule import Finding, rule


@rule("templates-wired", entry="django-templates")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    if settings is None or not settings.scope.is_whole:
        return
    values = settings.values("TEMPLATES")
    found = _of_apps(project)
    is_blind = all(
        value is UNSET
        or (isinstance(value, Items) and value.is_whole and all(_is_blind(item.value) for item in value.items))
        for value in values
    )
    if found and is_blind:
        yield Finding(
            settings.place("TEMPLATES"),
            f"Django does not look into {found.path}",
            'add `"APP_DIRS": True` to an engine of TEMPLATES',
        )


def _is_blind(engine: object) -> bool:
    """Say whether an engine surely finds no template of an app."""
    if not isinstance(engine, Table) or not engine.is_whole:
        return False
    folders = engine.get("DIRS")
    has_folders = folders is not None and not (isinstance(folders, Items) and folders.is_whole and not folders.items)
    options = engine.get("OPTIONS")
    has_loaders = options is not None and not (isinstance(options, Table) and "loaders" not in options.entries)
    return engine.get("APP_DIRS") in (None, False) and not has_loaders and not has_folders


def _of_apps(project: Project) -> Place | None:
    """Give the templates' folder of an app that is installed; None without one."""
    settings = project.settings.production
    for text in settings.deployed("INSTALLED_APPS").texts() if settings else ():
        module = project.python.find(text)
        folder = module.removesuffix("__init__.py") + "templates" if module else ""
        if folder and project.files.matching(f"/{folder}/*.html"):
            return Place(folder)
    return None
