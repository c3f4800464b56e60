"""CI counts which lines the tests run.

Otherwise nobody sees that what is new has no test. Looked at is how CI runs the tests: `pytest --cov`,
`coverage run`, or `--cov` among the options that pytest always has. Silent where CI does not run the tests,
where what it runs cannot be told, and where neither coverage.py nor pytest-cov is installed, which are
findings of others.

Standard: Testing & quality: coverage.py, pytest-cov.
"""

import re
from collections.abc import Iterator

from stackyard.project.commands import plain
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("ci-counts-coverage", entry="coverage")
def check(project: Project) -> Iterator[Finding]:
    if not project.packages.has("coverage", "pytest-cov") or not project.ci.tests or not project.ci.is_known:
        return
    options = " ".join(tool.text("addopts") for tool in project.tools.get("pytest"))
    runs = [command.text for command in project.ci.programs]
    if any(re.search(r"--cov\b|\bcoverage run\b|PYTEST_ADDOPTS", text) for text in (options, *runs)):
        return
    if any("--cov" in plain(project.files.text(pipeline.path)) for pipeline in project.pipelines):
        return  # by a variable
    test = project.ci.tests[0]
    yield Finding(
        test.where,
        f"CI does not count the lines that its tests run: `{test.text[:80]}`",
        "run `pytest --cov`",
    )
