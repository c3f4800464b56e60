"""Docstrings are in Google's style.

One style in all of a code base is read at a glance, and tools that make pages of docstrings know what is
what.

Looked at are the docstrings of the project's own modules, tests aside: those that describe parameters or
results in the field lists of Sphinx (`:param x:`) or under lines of dashes, as NumPy does. A project is
flagged if these are more than those with Google's sections (`Args:`, `Returns:`), and at least three; or if a
linter is told to ask for another convention. Docstrings without such parts are of any style.

Standard: Documentation: Code Docs: Google-style docstrings.
"""

import re
from collections.abc import Iterator

from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_LEAST = 3
_GOOGLE = regex(r"^[ \t]*(?:Args|Arguments|Returns|Yields|Raises|Attributes):[ \t]*$", re.MULTILINE)
_OTHERS = {
    "NumPy": regex(r"^[ \t]*(?:Parameters|Returns|Yields|Raises)\n[ \t]*-{4,}[ \t]*$", re.MULTILINE),
    "Sphinx": regex(r"^[ \t]*:(?:param|parameter|type|returns?|rtype|raises)\b[^:\n]*:", re.MULTILINE),
}
_CONVENTION = regex(
    r"^(?:docstring[-_]convention|convention)\s*=\s*[\"']?(?P<name>numpy|sphinx|rest)\b", re.MULTILINE
)


@rule("google-docstrings", entry="google-docstrings")
def check(project: Project) -> Iterator[Finding]:
    for path in project.files.matching(
        "/pyproject.toml", "/setup.cfg", "/tox.ini", "/.flake8", "/.pydocstyle*", "/ruff.toml"
    ):
        for place, match in project.files.lines_with(path, _CONVENTION):
            yield Finding(
                place, f"a linter asks for docstrings in the convention {match['name']}", "set it to google"
            )
            return
    for style, sign in _OTHERS.items():
        places = list(project.python.docstrings(sign))
        google = sum(1 for _ in project.python.docstrings(_GOOGLE)) if len(places) >= _LEAST else 0
        if len(places) >= max(_LEAST, google + 1):
            yield Finding(
                places[0],
                f"{len(places)} docstrings are in the style of {style}, and {google} in Google's",
                "write `Args:`, `Returns:` and `Raises:`",
            )
