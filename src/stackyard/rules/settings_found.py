"""The project has settings that can be found.

Every rule about settings looks at the module that DJANGO_SETTINGS_MODULE names, or that sets INSTALLED_APPS
or ROOT_URLCONF. Where `manage.py` or `wsgi.py` names one that is not in the repository, or none is found at
all, they can say nothing, and whoever clones the project can't start it.

Standard: Core Framework, Application Framework: Django 6+.
"""

from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("settings-found", entry="django")
def check(project: Project) -> Iterator[Finding]:
    manage = project.files.matching("manage.py")
    if manage and project.settings.production is None:
        where, name = next(iter(project.settings.missing.items()), (Place(manage[0]), ""))
        yield Finding(
            where,
            f"there are no settings {name}" if name else "no module of settings was found",
            "add the module, without its secrets; or name another as the default of DJANGO_SETTINGS_MODULE",
        )
