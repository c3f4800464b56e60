"""Each app with models has its migrations in the repository.

Without them every database is made by whoever runs `makemigrations` there, and no two need be alike: that of
production cannot be brought to the next version.

Looked at is each installed app of the project whose `models` define a model that inherits from Django's own
classes and is neither abstract nor unmanaged. It is flagged if its folder of migrations has none, or if a
.gitignore leaves them out. Apps whose migrations MIGRATION_MODULES puts elsewhere are left alone.

Standard: Database & Storage: Migrations: Django migrations (built-in).
"""

import re
from collections.abc import Iterator
from posixpath import basename, dirname

from stackyard.formats.place import Place
from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_MODEL = regex(
    r"^class (?P<name>\w+)\([^)]*?\b(?:models\.Model|AbstractUser|AbstractBaseUser)\b[^)]*\):\n"
    r"(?P<body>(?:[ \t]+[^\n]*\n|\n)*)",
    re.MULTILINE,
)
_ABSTRACT = regex(r"\babstract\s*=\s*True|\bmanaged\s*=\s*False")


@rule("migrations-present", entry="django-migrations")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    if settings is None or "MIGRATION_MODULES" in settings:
        return
    models: dict[str, tuple[Place, str]] = {}
    for place, match in project.python.find_all(_MODEL):
        app = _app(place.path)
        if app and not _ABSTRACT.search(match["body"]):
            models.setdefault(app, (place, match["name"]))
    installed = settings.items("INSTALLED_APPS").texts()
    for app, (place, model) in models.items():
        if not any(_names(name, app) for name in installed):
            continue
        if not project.files.matching(f"/{app}/migrations/[!_]*.py"):
            yield Finding(
                place,
                f"the app {app} has the model {model}, and no migration",
                f"run `python manage.py makemigrations {basename(app)}`, and commit what it makes",
            )
        elif project.ignored_by_git(f"{app}/migrations/0001_initial.py"):
            yield Finding(
                place,
                f"Git ignores the migrations of the app {app}",
                "take them out of .gitignore, and commit them",
            )


def _app(path: str) -> str | None:
    """Give the folder of the app whose models a module has; None of a module that has none."""
    folder, name = dirname(path), basename(path)
    if basename(folder) == "models":
        return dirname(folder) or None
    return folder or None if name == "models.py" else None


def _names(entry: str, app: str) -> bool:
    """Say whether an entry of INSTALLED_APPS is an app in a folder, or its configuration."""
    module = app.replace("/", ".")
    name = re.sub(r"\.apps(?:\.\w+)?$", "", entry)
    return module == name or module.endswith(f".{name}")
