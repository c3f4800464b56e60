"""What serves starts with production's settings, if nothing says otherwise.

`wsgi.py` and `asgi.py` name the settings that a server runs on if DJANGO_SETTINGS_MODULE is not set.
Development's there means that a deployment that forgets the variable shows its errors to everybody. Where a
Dockerfile, a Compose file for production or the like sets the variable to other settings, it is not
forgotten.

Standard: Docker, best practices: environment variables; Deployment & Infrastructure.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.project.settings.discover import Role
from stackyard.rule import Finding, rule


@rule("settings-module-default", entry="settings-security")
def check(project: Project) -> Iterator[Finding]:
    production = project.settings.production
    for where, settings in project.settings.defaults.items():
        is_aside = settings.role in (Role.DEVELOPMENT, Role.TEST)
        if is_aside and production and production.role is Role.PRODUCTION:
            module = production.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            if not _is_deployed(project, production.path):
                yield Finding(
                    where,
                    f"servers run on {settings.path} if DJANGO_SETTINGS_MODULE is not set",
                    f"name production's settings here: {module}",
                )


def _is_deployed(project: Project, path: str) -> bool:
    """Say whether anything but a module of Python names these settings."""
    return any(module == path and not file.endswith(".py") for file, module in project.settings.named.items())
