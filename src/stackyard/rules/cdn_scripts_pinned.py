"""Scripts and styles from a CDN have a version.

An address without one (`https://unpkg.com/htmx.org`) is another file from one day to the next: a new major
version, or what somebody put there who took the package over, runs in every user's page.

Looked at are the addresses of unpkg, jsDelivr's packages of npm and esm.sh in the project's HTML, comments,
documentation and tests aside: those that name no version, `latest`, or one with an `x` in it.

Standard: Frontend, JavaScript: Alpine.js, HTMX, React/Vue.
"""

from collections.abc import Iterator

from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.project.files import matches
from stackyard.rule import Finding, rule

_ADDRESS = regex(
    r"//(?:unpkg\.com|cdn\.jsdelivr\.net/npm"
    r"|esm\.sh)/(?P<name>(?:@[\w.-]+/)?[A-Za-z][\w.-]*)(?:@(?P<version>[^/\"'\s?]+))?"
)
_FLOATING = regex(r"latest|next|.*\.x\b|x|\*")


@rule("cdn-scripts-pinned", entry="htmx")
def check(project: Project) -> Iterator[Finding]:
    for page in project.pages:
        for place, match in matches(page.where.path, page.text, _ADDRESS):
            version = match["version"]
            if version is None or _FLOATING.fullmatch(version):
                which = f"in the version {version}" if version else "without a version"
                yield Finding(
                    place,
                    f"{match['name']} comes from a CDN {which}",
                    f"name the one that you use, `{match['name']}@VERSION`, with its integrity, or serve"
                    " the file yourself",
                )
