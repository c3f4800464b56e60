"""Tailwind's styles are built, and not made in the browser.

The script of the CDN compiles styles in each visitor's browser, at every page: it is slow, flickers, needs a
policy that lets scripts make styles, and is for trying out only, as its makers say.

Looked at is the project's HTML, comments, documentation and tests aside, for `cdn.tailwindcss.com` and
`@tailwindcss/browser`. Pages of errors that must not depend on static files are pages all the same.

Standard: Frontend, CSS Framework: Tailwind CSS or Bootstrap 5.
"""

from collections.abc import Iterator

from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.project.files import matches
from stackyard.rule import Finding, rule

_SCRIPT = regex(r"<script[^>]+src=[\"'][^\"']*(?:cdn\.tailwindcss\.com|@tailwindcss/browser)")


@rule("tailwind-built", entry="tailwind")
def check(project: Project) -> Iterator[Finding]:
    for page in project.pages:
        for place, _ in matches(page.where.path, page.text, _SCRIPT):
            yield Finding(
                place,
                "Tailwind compiles its styles in the visitor's browser",
                "build a style sheet by Tailwind's CLI, Vite or django-tailwind, and serve that",
            )
