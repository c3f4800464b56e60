"""CI runs the formatters and linters that the project has.

A hook on a developer's machine can be left out. Looked at is whether CI runs each of black, isort, flake8,
pylint and mypy that is asked for, directly, by pre-commit, or by what it calls (make, tox, scripts); ruff
runs what it stands for. The hooks that pre-commit.ci runs count. Silent where there is no CI, or where what
it runs cannot be told.

Standard: Testing & quality: pre-commit hooks (runs formatters/linters); CI/CD: GitHub Actions.
"""

from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_TOOLS = ("black", "isort", "flake8", "pylint", "mypy")
_AS_WELL = {
    "ruff": {"black", "isort", "flake8", "pylint"},
    "prospector": {"pylint", "flake8"},
    "dmypy": {"mypy"},
}

# Where CI runs the hooks, that one of these has none is a finding of `pre-commit-formatters`.
_BY_HOOKS = frozenset({"black", "isort", "flake8"})


@rule("ci-runs-linters", entry="linters-in-ci")
def check(project: Project) -> Iterator[Finding]:
    if not project.pipelines or not project.ci.is_known:
        return
    run = project.ci.tools
    for tool, others in _AS_WELL.items():
        run |= others if tool in run else set()
    if "pre-commit" in run:
        run |= _BY_HOOKS
    idle = [tool for tool in _TOOLS if project.packages.get(tool) and tool not in run]
    if idle:
        yield Finding(
            Place(project.pipelines[0].path),
            f"CI does not run {', '.join(idle)}",
            "run `poetry run pre-commit run --all-files` in a job, with a hook for each, or run them there",
        )
