"""Production insists on HTTPS: redirects, HSTS, and cookies that go by nothing else.

Without them, a session's cookie goes over any network in plain text, where a page is once asked for by
`http://`. Looked at are SESSION_COOKIE_SECURE, CSRF_COOKIE_SECURE, SECURE_SSL_REDIRECT and
SECURE_HSTS_SECONDS of production's settings: what comes from a variable is taken for good unless its
default turns it off. Of the cookies, those that nothing sends are left out: without the middleware of
sessions or of CSRF, and the latter's with CSRF_USE_SESSIONS. The last two are left to a proxy whose
configuration is in the repository and redirects, or sends the header. What SILENCED_SYSTEM_CHECKS takes back
of Django's own checks on these is left out as well.

Standard: Security, HTTPS: Let's Encrypt (certbot).
"""

from collections.abc import Iterable, Iterator
from typing import Any

from stackyard.project.facts import Project
from stackyard.project.settings.values import UNSET, Choice, FromEnvironment, possible
from stackyard.rule import Finding, rule

_PROXIES = ("*nginx*", "*.conf", "*.conf.template", "*traefik*", "*compose*.y*ml", "*ingress*.y*ml")
_COOKIES = {
    "SESSION_COOKIE_SECURE": "django.contrib.sessions.middleware.SessionMiddleware",
    "CSRF_COOKIE_SECURE": "django.middleware.csrf.CsrfViewMiddleware",
}
_BY_PROXY = {
    "SECURE_SSL_REDIRECT": r"return 30[18] https|redirections?\.|redirectscheme|ssl-redirect",
    "SECURE_HSTS_SECONDS": r"Strict-Transport-Security|stsSeconds|hsts",
}

_CHECKS = {
    "SESSION_COOKIE_SECURE": ("W010", "W011", "W012"),
    "CSRF_COOKIE_SECURE": ("W016",),
    "SECURE_SSL_REDIRECT": ("W008",),
    "SECURE_HSTS_SECONDS": ("W004",),
}
"""What `manage.py check --deploy` says of each."""


@rule("https-settings", entry="settings-security")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    if settings is None:
        return
    names = [name for name, middleware in _COOKIES.items() if _sends(project, middleware)]
    if not all(map(_is_off, settings.values("CSRF_USE_SESSIONS"))):
        names = [name for name in names if not name.startswith("CSRF")]
    if project.code.lists("MIDDLEWARE", "django.middleware.security.SecurityMiddleware"):
        names += [name for name, pattern in _BY_PROXY.items() if not _by_proxy(project, pattern)]
    silenced = settings.items("SILENCED_SYSTEM_CHECKS").texts()
    names = [name for name in names if not any(f"security.{check}" in silenced for check in _CHECKS[name])]
    off = [name for name in names if all(map(_is_off, settings.values(name)))]
    if off:
        known = [name for name in off if name in settings]
        told = ", ".join(_told(name, settings.values(name)) for name in off)
        yield Finding(
            settings.place(known[0] if known else off[0]),
            f"production's settings leave {told} off",
            "turn on what is off, where requests come by HTTPS"
            + ("; begin with an hour (3600) of HSTS" if "SECURE_HSTS_SECONDS" in off else ""),
        )


def _told(name: str, values: Iterable[Any]) -> str:
    """Write a setting's name, and the variable that would turn it on."""
    asked = next((value.variable for value in values if isinstance(value, FromEnvironment)), "")
    return f"{name} (unless {asked} says otherwise)" if asked else name


def _is_off(value: Any) -> bool:
    if isinstance(value, FromEnvironment) and value.has_default:
        options = list(possible(value.default))
        return not isinstance(value.default, Choice) and all(option in (False, 0) for option in options)
    return value is UNSET or value is None or value in (False, 0)


def _sends(project: Project, middleware: str) -> bool:
    return project.code.lists("MIDDLEWARE", middleware) is not False


def _by_proxy(project: Project, pattern: str) -> bool:
    # Caddy redirects by itself.
    is_caddy = "redirect" in pattern and project.files.matching("Caddyfile*")
    return bool(is_caddy) or any(
        project.files.place(path, pattern).line for path in project.files.matching(*_PROXIES)
    )
