"""Something holds commits to Conventional Commits.

`feat: …`, `fix: …`: from such messages a changelog and the next version's number can be made. A convention
that nothing checks is forgotten within weeks.

Looked for is a hook (of pre-commit, Husky, Lefthook or the repository's own `commit-msg`), a configuration of
commitlint, Commitizen, gitlint, semantic-release, Release Please or git-cliff, or a step of CI that checks
messages or the titles of pull requests. A package that is installed and in none of these checks nothing.

Standard: Version Control: Commit Convention: Conventional Commits.
"""

import re
from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_TOOLS = regex(
    r"(?i)conventional[-_ ]?(?:pre-?)?commit|commitlint|commitizen|\bcz (?:check|bump)"
    r"|semantic[-_]?(?:release|pull|pr\b)"
    r"|release-please|git-?cliff|contrib-title-conventional|cocogitto|\bcog check|action-semantic"
    r"|commitsar|convco"
)
_FILES = (
    "commitlint.config.*", ".commitlintrc*", ".cz.*", "cz.*", ".czrc", "cliff.toml", ".releaserc*",
    "release.config.*",
    "release-please-config.json", ".release-please-manifest.json", "cog.toml", ".gitlint", "semantic.yml",
    ".versionrc*",
    ".convco", "commitsar.yml",
)  # fmt: skip
_TEXTS = (
    ".pre-commit-config.y*ml", "package.json", "lefthook.y*ml", ".lefthook.y*ml", "prek.toml", ".husky/*",
    "*/.husky/*",
    "*/commit-msg", ".github/*.y*ml", ".gitlab-ci.yml", "Makefile", "justfile", "Jenkinsfile",
    ".overcommit.yml",
)  # fmt: skip


@rule("conventional-commits", entry="conventional-commits")
def check(project: Project) -> Iterator[Finding]:
    if project.is_within_repository or project.files.matching(*_FILES):
        return
    tables = [("tool", name) for name in ("commitizen", "semantic_release", "git-cliff")]
    if project.pyproject and any(project.pyproject.table(*keys) for keys in tables):
        return
    texts = [project.files.text(path) for path in project.files.matching(*_TEXTS)]
    texts += [command.text for command in project.ci_commands]
    if not any(_TOOLS.search(re.sub(r"^\s*#.*$|\s#\s.*$", "", text, flags=re.MULTILINE)) for text in texts):
        hooks = project.files.matching(".pre-commit-config.y*ml")
        yield Finding(
            Place(hooks[0] if hooks else ""),
            "nothing holds commits to Conventional Commits",
            "add the hook `conventional-pre-commit` at commit-msg, or a step of CI that checks messages",
        )
