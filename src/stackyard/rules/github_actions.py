"""CI is GitHub Actions.

One service, one syntax, one place for secrets: whoever comes from another team knows where to look. Looked at
are the files of pipelines that there are; a project with none at all is `ci-runs-tests`'s.

Standard: Deployment & infrastructure: CI/CD: GitHub Actions (recommended).
"""

from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.project.pipelines import NO_YAML
from stackyard.rule import Finding, rule


@rule("github-actions", entry="github-actions")
def check(project: Project) -> Iterator[Finding]:
    paths = [pipeline.path for pipeline in project.pipelines] or project.files.matching(*NO_YAML)
    if paths and not any(path.startswith(".github/") for path in paths):
        yield Finding(
            Place(paths[0]),
            f"CI is told by {paths[0]}, and not by a workflow of GitHub Actions",
            "write it as .github/workflows/ci.yml",
        )
