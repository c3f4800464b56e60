"""simplejwt, where it is installed, takes its tokens and hands them out.

It takes JWTAuthentication, or a class on it, in DEFAULT_AUTHENTICATION_CLASSES of REST_FRAMEWORK or in a
view; and an address that leads to its views, or to views of the project's own or of another package that
make tokens by it.

Standard: Authentication & Authorization, API Authentication: djangorestframework-simplejwt (JWT).
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_OTHERS = ("djoser", "dj_rest_auth", "rest_auth", "allauth.headless", "ninja_jwt")


@rule("jwt-wired", entry="simplejwt")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    dependency = project.packages.get("djangorestframework-simplejwt")
    if settings is None or dependency is None or not settings.scope.is_whole:
        return
    missing = []
    takers = ("rest_framework_simplejwt.authentication", "dj_rest_auth.jwt_auth")
    if not any(project.code.uses(name) for name in takers):
        missing.append(
            "no class of rest_framework_simplejwt.authentication in DEFAULT_AUTHENTICATION_CLASSES"
        )
    if not project.code.serves("rest_framework_simplejwt", *_OTHERS):
        missing.append("no address of a view that hands tokens out")
    if missing:
        yield Finding(
            dependency.where,
            f"simplejwt is installed, and not turned on: there is {', and '.join(missing)}",
            "add the class to REST_FRAMEWORK, and TokenObtainPairView and TokenRefreshView to the addresses;"
            " or uninstall it",
        )
