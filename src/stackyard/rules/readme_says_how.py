"""The README says how the project is started.

Whoever has cloned it should not have to guess the command.

Looked for is a command that starts or sets up the project: of Docker Compose, Poetry, Django's `manage.py`,
or one of the project's own Makefile, justfile or scripts; or a link to a document that has it
(`CONTRIBUTING.md`, `docs/`).

Standard: Documentation: Project Docs: README.md (Markdown).
"""

import re
from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_COMMAND = regex(
    r"docker[ -]compose|docker run|manage\.py|\b(?:poetry|pip|pipx|uv|npm|invoke|inv|honcho|foreman|tilt"
    r"|skaffold|nox|task|"
    r"stackyard|dev|vagrant|nix|devbox|mise) \w|\b(?:make|just) [a-z]|(?:^|[`$ ])\.?/?(?:bin|script"
    r"|scripts)/\w|\./\w+|\w\.sh\b",
    re.MULTILINE,
)
_LINK = regex(
    r"(?i)\]\([^)]*(?:docs?/|contributing|install|development|setup|readthedocs|getting|wiki)|devcontainer"
    r"|readthedocs\.io"
)


@rule("readme-says-how", entry="readme")
def check(project: Project) -> Iterator[Finding]:
    readme = next(iter(project.files.matching("/README.md", "/.github/README.md", "/docs/README.md")), None)
    if readme is None:
        return
    text = project.files.text(readme)
    if len(text.split()) > 25 and not _COMMAND.search(text) and not _LINK.search(text):
        yield Finding(
            Place(readme),
            f"{readme} has no command that starts the project",
            "add it, such as `docker compose up --detach`, and how the tests are run",
        )
