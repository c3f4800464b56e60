"""A README.md says what the project is.

It is the first file that anybody opens.

Looked for is a README.md in the project's folder, in whatever case, with more than a heading: 150 characters,
code, badges and comments aside. A folder of a larger repository, whose own README.md is not seen, may go
without.

Standard: Documentation: Project Docs: README.md (Markdown).
"""

import re
from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_NO_PROSE = regex(
    r"```.*?```|<!--.*?-->|\[?!\[[^\]]*\]\([^)]*\)(?:\]\([^)]*\))?|^#+ [^\n]*$|<[^>]*>",
    re.DOTALL | re.MULTILINE,
)
_LEAST = 150


@rule("readme", entry="readme")
def check(project: Project) -> Iterator[Finding]:
    readme = next(iter(project.files.matching("/README.md", "/.github/README.md", "/docs/README.md")), None)
    others = project.files.matching("/README", "/README.*")
    if readme is None and not project.is_within_repository:
        fact = f"{others[0]} is not in Markdown" if others else "there is no README.md"
        yield Finding(
            Place(others[0] if others else ""),
            fact,
            "write a README.md: what the project is for, how it is started, tested and deployed",
        )
    elif readme is not None:
        prose = re.sub(r"\s+", " ", _NO_PROSE.sub("", project.files.text(readme))).strip()
        if len(prose) < _LEAST and "docs/" not in project.files.text(readme):
            yield Finding(
                Place(readme),
                f"{readme} has {len(prose)} characters of prose",
                "say what the project is for, how it is started, tested and deployed",
            )
