"""No environment with secrets is in the repository.

Whoever has a copy of the repository, now or later, has the passwords: deleting the file does not take them
out of the history.

Looked at are `.env` and environments for production (`.env.production`, `.env.staging`, `production.env`)
that Git keeps, by its index; where there is none, as in an archive, those that no .gitignore leaves out. One
is flagged if it gives a name such as `SECRET_KEY`, `…_PASSWORD` or `…_TOKEN` a value that is not empty, no
reference and no placeholder. Environments of development and tests, and examples, are left alone.

Standard: Developer Tools, Environment Variables: .env file management.
"""

import re
from collections.abc import Iterator

from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_FILES = (
    ".env", ".env.prod", ".env.production", ".env.staging", ".env.live", "prod.env", "production.env",
    "staging.env",
    "*/.production/*", "*/.envs/production/*", ".envs/production/*",
)  # fmt: skip
_SECRET = regex(
    r"^(?:export )?(?P<name>\w*(?:SECRET|PASSWORD|PASSWD|TOKEN|API_?KEY|PRIVATE_KEY"
    r"|ACCESS_KEY)\w*)=(?P<value>.*)$",
    re.MULTILINE,
)
_PLACEHOLDER = regex(
    r"(?i)^$|[<>{}$]|\.\.\.|x{3,}|\*{3,}|change|example|your|todo|replace|placeholder|insecure|dummy|fill"
    r"|secret$"
    r"|password$|^(?:true|false|none|null|test|dev|postgres|admin|root|app|django|guest|\d{1,6})$"
)


@rule("env-file-not-committed", entry="dotenv")
def check(project: Project) -> Iterator[Finding]:
    examples = set(project.example_files)
    for path in project.files.matching(*_FILES):
        kept = path in project.tracked if project.tracked is not None else not project.ignored_by_git(path)
        # Without an index, a `.env` that nothing ignores is `env-file-ignored`'s.
        if (
            not kept
            or path in examples
            or (project.tracked is None and path.endswith(".env") and "prod" not in path)
        ):
            continue
        for place, match in project.files.lines_with(path, _SECRET):
            if not _PLACEHOLDER.search(match["value"].strip().strip("\"'")):
                yield Finding(
                    place,
                    f"Git keeps {path}, with a value of {match['name']}",
                    f"`git rm --cached {path}`, ignore it, and replace its secrets: the history keeps them",
                )
                break
