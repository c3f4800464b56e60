"""WhiteNoise, where it is installed, serves the static files.

It does so as a middleware, or around the WSGI application, and finds what `collectstatic` has put into
STATIC_ROOT. Without the first, production's pages have no styles; without the second, `collectstatic`
fails.

Standard: Frontend, Static Files: WhiteNoise (production serving).
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.project.settings.values import UNSET
from stackyard.rule import Finding, rule


@rule("static-whitenoise", entry="whitenoise")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    if settings is None or not project.packages.has("whitenoise"):
        return
    is_around = project.code.uses("whitenoise.WhiteNoise") or project.code.uses("whitenoise.base")
    if (
        project.code.lists("MIDDLEWARE", "whitenoise.middleware.WhiteNoiseMiddleware") is False
        and not is_around
    ):
        yield Finding(
            settings.place("MIDDLEWARE"),
            "WhiteNoise is installed, and serves nothing: MIDDLEWARE does not have it",
            'add "whitenoise.middleware.WhiteNoiseMiddleware", right after SecurityMiddleware',
        )
    if all(value is UNSET or value in (None, "") for value in settings.values("STATIC_ROOT")):
        yield Finding(
            settings.place("STATIC_ROOT"),
            "STATIC_ROOT is not set: `collectstatic` has no place to put files",
            'set it to a folder, such as `BASE_DIR / "staticfiles"`',
        )
