"""What certbot got is renewed.

Certificates of Let's Encrypt live for ninety days. `certbot certonly`, once, is a site that browsers refuse
three months later. Where something runs certbot (a service of Compose, a script, a unit), something must run
`certbot renew`, too, or a loop of its own that asks again. How a project without certbot gets its
certificates (a platform, Traefik, Caddy), no file shows.

Standard: HTTPS: Let's Encrypt (certbot).
"""

import re
from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("certificates-renewed", entry="certbot")
def check(project: Project) -> Iterator[Finding]:
    place = _certbot(project)
    if (
        place
        and not project.process(r"\brenew|certbot/renew|\bwhile\b[^\n]*certbot")
        and not _has_file(project)
    ):
        yield Finding(
            place,
            "certbot gets a certificate, and nothing renews it: it is void after ninety days",
            "run `certbot renew` twice a day, and have nginx read its certificates again after it",
        )


def _certbot(project: Project) -> Place | None:
    for service in project.services:
        # Images that bring nginx and certbot together renew by themselves.
        if service.image and re.fullmatch(r"(?:docker\.io/)?certbot/[\w-]+", service.image.repository):
            return service.place("command") if service.command else service.place("image")
    return None


def _has_file(project: Project) -> bool:
    return bool(project.files.matching("*renew*", "*cron*"))
