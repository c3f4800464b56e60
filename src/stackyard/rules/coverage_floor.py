"""The tests fail when too few lines are run.

A number that nobody has to look at only goes down. Looked at are `fail_under` in the configuration of
coverage.py, `--cov-fail-under` and `--fail-under` in commands and among the options of pytest, and Codecov or
Coveralls, which hold a project to a floor of their own.

Standard: Testing & quality: coverage.py (code coverage).
"""

import re
from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_SECTIONS = {".coveragerc": "report", "setup.cfg": "coverage:report", "tox.ini": "coverage:report"}


@rule("coverage-floor", entry="coverage")
def check(project: Project) -> Iterator[Finding]:
    if project.packages.get("coverage", "pytest-cov") is None or not project.tests:
        return
    coverage = project.tools.get("coverage")
    # covdefaults has a floor of its own.
    if any(tool.text("fail_under") or "covdefaults" in tool.text("plugins") for tool in coverage):
        return
    options = [tool.text("addopts") for tool in project.tools.get("pytest")]
    commands = [line.text for line in (*project.ci_commands, *project.scripts)]
    services = [line.text for pipeline in project.pipelines for line in pipeline.uses]
    texts = "\n".join((*options, *commands, *services))
    if re.search(
        r"fail[-_]under|codecov|coveralls|sonar|codacy|diff-cover|codeclimate|qlty", texts, re.IGNORECASE
    ):
        return
    if project.files.matching("codecov.y*ml", ".codecov.y*ml", ".coveralls.yml", "sonar-project.properties"):
        return
    where = coverage[0].where if coverage else Place(project.pyproject.path if project.pyproject else "")
    section = _SECTIONS.get(where.path.rpartition("/")[2], "tool.coverage.report")
    yield Finding(where, "no floor is set for the lines that tests run", f"set `fail_under` in [{section}]")
