"""The hooks of pre-commit run the formatters and linters that the project has.

A formatter that runs only now and then makes changes of its own in everybody's next commit. Looked at is
whether a hook runs each of black, isort and flake8 that is asked for, by its id, its entry, or what that
calls; ruff runs what it stands for. A package that is not there is another rule's finding.

Standard: Testing & quality: pre-commit hooks: pre-commit (runs formatters/linters).
"""

from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_TOOLS = ("black", "isort", "flake8")


@rule("pre-commit-formatters", entry="pre-commit")
def check(project: Project) -> Iterator[Finding]:
    paths = project.files.matching(".pre-commit-config.yaml", ".pre-commit-config.yml")
    installed = project.packages.get("pre-commit")
    if not paths:
        if installed is not None and not project.is_within_repository:
            fact = "pre-commit is installed, and there is no .pre-commit-config.yaml"
            yield Finding(installed.where, fact, "write one with hooks for black, isort and flake8")
        return
    if project.yaml(paths[0]) is None:
        return
    run = project.ci.hook_tools
    idle = [tool for tool in _TOOLS if project.packages.get(tool) and tool not in run]
    if idle and "ruff" not in run:
        yield Finding(
            Place(paths[0]),
            f"no hook runs {', '.join(idle)}",
            "add a hook for each: `poetry run black`, for example",
        )
