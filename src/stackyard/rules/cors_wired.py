"""django-cors-headers, where it is installed, answers browsers.

It takes an app and a middleware. Looked at are production's settings.

Standard: Security, Security Headers: django-cors-headers.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_MIDDLEWARE = "corsheaders.middleware.CorsMiddleware"
_WANTED = {"INSTALLED_APPS": "corsheaders", "MIDDLEWARE": _MIDDLEWARE}


@rule("cors-wired", entry="django-cors-headers")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    if settings is None or not project.packages.has("django-cors-headers"):
        return
    missing = [name for name, wanted in _WANTED.items() if project.code.lists(name, wanted) is False]
    if len(missing) == len(_WANTED):
        yield Finding(
            settings.place("INSTALLED_APPS"),
            "django-cors-headers is installed, and neither INSTALLED_APPS nor MIDDLEWARE has it",
            f'add "corsheaders", and "{_MIDDLEWARE}" above CommonMiddleware; or uninstall it',
        )
        return
    for name, wanted in _WANTED.items():
        if name in missing:
            yield Finding(
                settings.place(name),
                f"django-cors-headers is installed, and {name} does not have it",
                f'add "{wanted}"' + (", above CommonMiddleware" if name == "MIDDLEWARE" else ""),
            )
