"""flake8 reads the configuration that is meant for it.

flake8 itself does not look into pyproject.toml: what stands in `[tool.flake8]` there counts only with the
plugin flake8-pyproject, or where pflake8 or flake9 are run in its place. Looked at is such a table without
any of them, and without another configuration that flake8 reads.

Standard: Testing & quality: linting: flake8 (style guide enforcement).
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_READERS = (
    "flake8-pyproject",
    "pyproject-flake8",
    "flake9",
    "flakeheaven",
    "flakehell",
    "flake8-toml-config",
)


@rule("flake8-configured", entry="flake8")
def check(project: Project) -> Iterator[Finding]:
    configured = project.tools.get("flake8")
    if not configured or not all(tool.where.path.endswith("pyproject.toml") for tool in configured):
        return
    hooks = " ".join(
        project.files.text(path) for path in project.files.matching(".pre-commit-config.y*ml")
    ).lower()
    if project.packages.has(*_READERS) or any(
        name in hooks for name in ("flake8-pyproject", "pflake8", "flake9")
    ):
        return
    if any(
        "--config" in line.text and "flake8" in line.text for line in (*project.ci_commands, *project.scripts)
    ):
        return
    yield Finding(
        configured[0].where,
        "flake8 does not read [tool.flake8] in pyproject.toml: flake8-pyproject is not installed",
        "`poetry add --group dev flake8-pyproject`, or move it to .flake8",
    )
