"""DRF's tokens have a table, where they are asked for.

TokenAuthentication finds tokens by the model of the app `rest_framework.authtoken`: without that in
INSTALLED_APPS, each request with a token fails. A class of the project's own that stands on it may have a
model of its own.

Standard: Authentication & Authorization, API Authentication: Token Authentication (DRF built-in).
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.project.settings.values import Items
from stackyard.rule import Finding, rule

_NAME = "rest_framework.authentication.TokenAuthentication"


@rule("token-auth-wired", entry="token-auth")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    rest = settings.table("REST_FRAMEWORK") if settings else None
    classes = rest.get("DEFAULT_AUTHENTICATION_CLASSES") if rest else None
    item = classes.item(_NAME) if isinstance(classes, Items) else None
    if (
        item
        and not item.condition
        and project.code.lists("INSTALLED_APPS", "rest_framework.authtoken") is False
    ):
        yield Finding(
            item.where,
            "TokenAuthentication has no table of tokens: INSTALLED_APPS lacks rest_framework.authtoken",
            'add "rest_framework.authtoken", or take TokenAuthentication out',
        )
