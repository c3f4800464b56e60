"""Django's middleware against common attacks is there.

SecurityMiddleware redirects to HTTPS and sends the headers of the SECURE_ settings, CsrfViewMiddleware
refuses forged forms, XFrameOptionsMiddleware keeps pages out of others' frames. Classes of the project's
own that stand on them count. Without sessions there is nothing to forge, and a Content-Security-Policy
keeps pages out of frames as well: then the second and the third may be missing.

Standard: Security, Security Headers.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_SESSION = "django.contrib.sessions.middleware.SessionMiddleware"
_POLICIES = ("csp.middleware.CSPMiddleware", "django.middleware.csp.ContentSecurityPolicyMiddleware")


@rule("middleware-security-present", entry="settings-security")
def check(project: Project) -> Iterator[Finding]:
    wanted = ["django.middleware.security.SecurityMiddleware"]
    if project.code.lists("MIDDLEWARE", _SESSION):
        wanted.append("django.middleware.csrf.CsrfViewMiddleware")
    if not any(project.code.lists("MIDDLEWARE", policy) for policy in _POLICIES):
        wanted.append("django.middleware.clickjacking.XFrameOptionsMiddleware")
    settings = project.settings.production
    for name in wanted if settings else []:
        if settings and project.code.lists("MIDDLEWARE", name) is False:
            yield Finding(
                settings.place("MIDDLEWARE"),
                f"MIDDLEWARE has no {name.rpartition('.')[2]}",
                f'add "{name}"',
            )
