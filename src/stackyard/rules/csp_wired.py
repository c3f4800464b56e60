"""django-csp, where it is installed, sends a policy.

It takes its middleware, and a policy: CONTENT_SECURITY_POLICY, or CONTENT_SECURITY_POLICY_REPORT_ONLY,
since version 4; the CSP_ settings of version 3 do nothing any more. Looked at are production's settings.

Standard: Security, Security Headers: django-csp.
"""

from collections.abc import Iterator

from packaging.version import Version

from stackyard.project.facts import Project
from stackyard.project.settings.discover import Settings
from stackyard.project.settings.values import UNSET
from stackyard.rule import Finding, rule

_MIDDLEWARE = "csp.middleware.CSPMiddleware"
_POLICIES = ("CONTENT_SECURITY_POLICY", "CONTENT_SECURITY_POLICY_REPORT_ONLY")
_OTHER_NAMES = {
    "CSP_INCLUDE_NONCE_IN",
    "CSP_REPORT_PERCENTAGE",
    "CSP_EXCLUDE_URL_PREFIXES",
    "CSP_REPORT_ONLY",
}


@rule("csp-wired", entry="django-csp")
def check(project: Project) -> Iterator[Finding]:
    settings, version = project.settings.production, project.packages.version("django-csp")
    if settings is None or not project.packages.has("django-csp"):
        return
    if project.code.lists("MIDDLEWARE", _MIDDLEWARE) is False:
        yield Finding(
            settings.place("MIDDLEWARE"),
            "django-csp is installed, and sends nothing: MIDDLEWARE does not have it",
            f'add "{_MIDDLEWARE}"',
        )
    has_policy = any(settings.values(name) != [UNSET] for name in _POLICIES)
    if version and version >= Version("4.0") and not has_policy:
        yield from _without(settings)


def _without(settings: Settings) -> Iterator[Finding]:
    old = [name for name in settings.scope.names if name.endswith("_SRC") and name.startswith("CSP_")]
    old += [name for name in settings.scope.names if name in _OTHER_NAMES]
    yield Finding(
        settings.place(old[0] if old else _POLICIES[0]),
        (
            f"{old[0]} does nothing: django-csp 4 reads CONTENT_SECURITY_POLICY"
            if old
            else "django-csp is installed, and has no policy to send"
        ),
        "set CONTENT_SECURITY_POLICY, a dictionary with the DIRECTIVES",
    )
