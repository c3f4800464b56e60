"""The project has settings that can be found.

Every rule about settings looks at the module that DJANGO_SETTINGS_MODULE names, or that sets INSTALLED_APPS or
ROOT_URLCONF. Where there is a `manage.py` and no such module, none of them can say anything.

Standard: Core Framework, Application Framework: Django 6+.
"""

from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("settings-found", entry="django")
def check(project: Project) -> Iterator[Finding]:
    manage = project.files.matching("manage.py")
    if manage and not project.settings.modules:
        yield Finding(
            Place(manage[0]),
            "no settings module was found",
            "name it as the default of DJANGO_SETTINGS_MODULE, in manage.py and wsgi.py",
        )
