"""What only development uses is in a group of its own.

A test framework in production is more to patch, a slower start, and a bigger image. Looked at are the main
packages of pyproject.toml that are tools by their names: of tests, formatters, linters, debuggers, stubs of
types. One that the project's own code imports (faker, for demonstration data) is no finding, and neither is
one that only an extra brings.

Standard: Poetry, essential commands: `poetry add --group dev pkg`, `poetry install --only main`.
"""

from collections.abc import Iterator

from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_TOOL = regex(
    r"pytest|pytest-.+|black|isort|flake8|flake8-.+|pep8-naming|pylint|pylint-.+|mypy|ruff|bandit|pre-commit"
    r"|tox|nox|coverage|factory-boy|model-bakery|faker|freezegun|time-machine|vcrpy|hypothesis|ipython|ipdb"
    r"|pudb|djlint|django-debug-toolbar|django-silk|django-querycount|django-test-plus|types-.+|.+-stubs"
    r"|django-coverage-plugin|commitizen|pip-audit|safety|pyright|sphinx|mkdocs|mkdocs-.+"
)
_MODULES = {
    "factory-boy": "factory",
    "ipython": "IPython",
    "time-machine": "time_machine",
    "model-bakery": "model_bakery",
}


@rule("poetry-groups", entry="poetry-groups")
def check(project: Project) -> Iterator[Finding]:
    if not project.packages.is_poetry:
        return
    tools = [
        item
        for item in project.packages.dependencies
        if item.is_main
        and not item.is_optional
        and _TOOL.fullmatch(item.name)
        and not _is_imported(project, item.name)
    ]
    if tools:
        names = ", ".join(item.name for item in tools)
        yield Finding(
            tools[0].where,
            f"production installs what only development uses: {names}",
            f"`poetry remove` and `poetry add --group dev` {'it' if len(tools) == 1 else 'them'}",
        )


def _is_imported(project: Project, package: str) -> bool:
    """Say whether code imports it; of what settings and addresses wire by name, that says nothing."""
    module = _MODULES.get(package, package.replace("-", "_"))
    is_wired_by_name = package in {"django-debug-toolbar", "django-silk", "django-querycount"}
    return not is_wired_by_name and project.mentions(rf"^\s*(?:import|from)\s+{module}\b") is not None
