"""Something proposes newer packages.

A lock that nobody renews keeps known holes open. Looked at are Dependabot with an ecosystem of Python's
packages, Renovate, pyup, and a job that runs `poetry update`. What GitHub or GitLab do by settings of their
own is in no file, so that only a repository with pipelines, or with a Dependabot that leaves Python out, is a
finding.

Standard: Poetry, essential commands: `poetry update`.
"""

import re
from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_OTHERS = ("renovate.json*", ".renovaterc*", ".pyup.yml", ".depfu.yml", "renovate.js", ".scala-steward.conf")


@rule("dependency-bot", entry="poetry")
def check(project: Project) -> Iterator[Finding]:
    if not project.packages.is_poetry or not project.pipelines or project.files.matching(*_OTHERS):
        return
    run = [line.text for line in project.ci_commands] + [
        use.text for line in project.pipelines for use in line.uses
    ]
    if any(re.search(r"poetry (?:self )?(?:update|lock)|renovate|dependabot", text) for text in run):
        return
    paths = project.files.matching(".github/dependabot.y*ml")
    if not paths:
        fact, path = "nothing proposes newer versions of the locked packages", project.pipelines[0].path
        is_github = path.startswith((".github/", ".travis", ".circleci/"))
        remedy = "add .github/dependabot.yml with the ecosystem pip" if is_github else "add a renovate.json"
        yield Finding(Place(path), fact, remedy)
    elif not re.search(
        r"^\s*-?\s*package-ecosystem:\s*[\"']?(?:pip|uv)\b", project.files.text(paths[0]), re.MULTILINE
    ):
        yield Finding(
            Place(paths[0]), "Dependabot does not look after Python's packages", "add the ecosystem pip"
        )
