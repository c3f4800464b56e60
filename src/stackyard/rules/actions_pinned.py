"""Each action of a workflow has a version.

An action at a branch is another program whenever somebody pushes to it, and it runs with the repository's
token. Looked at is each `uses:`: a tag or, better, the hash of a commit is a version; `main`, `master` and
the like are none.

Standard: Deployment & infrastructure: CI/CD: GitHub Actions.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_BRANCHES = {"main", "master", "develop", "dev", "trunk", "head", "latest", ""}


@rule("actions-pinned", entry="github-actions")
def check(project: Project) -> Iterator[Finding]:
    for pipeline in project.pipelines:
        for line in pipeline.uses if pipeline.is_github else ():
            name, _, version = line.text.partition("@")
            if (
                not name.startswith((".", "docker:"))
                and "$" not in line.text
                and version.lower() in _BRANCHES
            ):
                yield Finding(
                    line.where,
                    (
                        f"the action {name} is taken from {version}, which is a branch"
                        if version
                        else f"the action {name} has no version"
                    ),
                    "name a release, or better the hash of its commit",
                )
