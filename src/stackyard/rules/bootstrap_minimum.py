"""Bootstrap is at least of the standard's version.

Bootstrap 4 has had no security fixes since 2023, and its scripts need jQuery.

Looked at are package.json and the addresses of CDNs in the project's HTML, comments, documentation and tests
aside. Copies among static files are not.

Standard: Frontend, CSS Framework: Bootstrap 5.
"""

from collections.abc import Iterator

from packaging.version import Version

from stackyard.formats.place import Place
from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.project.files import matches
from stackyard.rule import Finding, rule

_ADDRESS = regex(r"//[^\"'\s]*/(?:npm/|ajax/libs/)?(?:twitter-)?bootstrap[@/]v?(?P<version>\d+(?:\.\d+)*)")
_PACKAGE = regex(r"\"bootstrap\":\s*\"[\^~>=v ]*(?P<version>\d+(?:\.\d+)*)")


@rule("bootstrap-minimum", entry="bootstrap")
def check(project: Project) -> Iterator[Finding]:
    bootstrap = project.standard.technologies.get("bootstrap")
    minimum = bootstrap.minimum if bootstrap else None
    found: list[tuple[Place, str]] = []
    for path in project.files.matching("package.json"):
        found += [(place, match["version"]) for place, match in project.files.lines_with(path, _PACKAGE)]
    for page in project.pages:
        found += [(place, match["version"]) for place, match in matches(page.where.path, page.text, _ADDRESS)]
    for place, version in found:
        if minimum and Version(version) < Version(minimum):
            yield Finding(
                place, f"Bootstrap {version} is older than {minimum}", f"move to Bootstrap {minimum} or later"
            )
