"""The architecture is drawn, by Mermaid.

A diagram that is text stands beside the code, changes with it in the same commit, and is shown by GitHub as
it is.

Looked for is a block of code in Mermaid in any Markdown, a `mermaid` directive in reStructuredText, or a
`.mmd` file. That it shows the architecture, and the present one, nobody can tell but its readers. A project
without README.md is `readme`'s.

Standard: Documentation: Architecture: Mermaid diagram.
"""

import re
from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_BLOCK = regex(
    r"^\s*(?:>\s*)?(?:`{3,}|~{3,}|:{3,})\s*\{?mermaid\b|^\s*\.\.\s+mermaid::|<(?:pre|div) class=\"mermaid\"",
    re.MULTILINE,
)


@rule("mermaid", entry="mermaid")
def check(project: Project) -> Iterator[Finding]:
    readme = next(iter(project.files.matching("/README.md")), None)
    if readme is None or project.files.matching("*.mmd", "*.mermaid"):
        return
    if not any(
        _BLOCK.search(project.files.text(path)) for path in project.files.matching("*.md", "*.mdx", "*.rst")
    ):
        yield Finding(
            Place(readme),
            "no document has a diagram of the architecture in Mermaid",
            "add a block of code in the language `mermaid`: the processes, their data, who calls whom",
        )
