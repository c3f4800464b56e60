"""django-cors-headers, where it is installed, answers browsers.

It takes an app and a middleware. Looked at are production's settings.

Standard: Security, Security Headers: django-cors-headers.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_MIDDLEWARE = "corsheaders.middleware.CorsMiddleware"


@rule("cors-wired", entry="django-cors-headers")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    if settings is None or not project.packages.has("django-cors-headers"):
        return
    for name, wanted in (("INSTALLED_APPS", "corsheaders"), ("MIDDLEWARE", _MIDDLEWARE)):
        if project.code.lists(name, wanted) is False:
            yield Finding(
                settings.place(name),
                f"django-cors-headers is installed, and {name} does not have it",
                f'add "{wanted}"' + (", above CommonMiddleware" if name == "MIDDLEWARE" else ""),
            )
