"""CI looks after the branches of Git Flow.

In Git Flow, work is put together on `develop`, and `main` has releases. Where CI knows `main` alone, what is
put together is first tested when it is released.

Looked at are GitHub's workflows that name the branches whose pushes or pull requests start them: a repository
is flagged if some do, none of them names `develop` (or `dev`, `development`, `staging`, `next`) or a pattern,
no workflow runs for every branch, and no document says Git Flow. Releases by tags are no branches.

Standard: Version Control: Branching Strategy: Git Flow.
"""

from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.project.pipelines import Pipeline
from stackyard.rule import Finding, rule

_DEVELOP = regex(r"^(?:dev|develop|development|integration|staging|next)\b|[*!]")
_FLOW = regex(r"(?i)\bgit[- ]?flow\b|\bdevelop`? branch\b|\bbranch:? [`\"']?develop\b")


@rule("git-flow", entry="git-flow")
def check(project: Project) -> Iterator[Finding]:
    pipelines = project.pipelines
    named = [pipeline for pipeline in pipelines if pipeline.branches]
    if not named or not all(pipeline.is_github for pipeline in pipelines):
        return
    branches = sorted({branch for pipeline in named for branch in pipeline.branches})
    if any(_DEVELOP.search(branch) for branch in branches) or any(map(_is_for_all, pipelines)):
        return
    documents = project.files.matching("*.md", "*.rst", ".github/dependabot.y*ml")
    if any(_FLOW.search(project.files.text(path)) for path in documents):
        return
    yield Finding(
        Place(named[0].path, named[0].content.lines.get("on", 0)),
        f"CI runs for {', '.join(branches)} alone, and nothing names a branch `develop`",
        "add `develop` to the branches that start it",
    )


def _is_for_all(pipeline: Pipeline) -> bool:
    """Say whether a push to any branch starts it."""
    on = pipeline.content.get("on")
    if isinstance(on, dict) and "push" in on:
        return not isinstance(on["push"], dict) or not {"branches", "tags"} & on["push"].keys()
    return on == "push" or (isinstance(on, list) and "push" in on)
