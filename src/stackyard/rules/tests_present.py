"""The project has tests.

A module is a test by its name or folder, and by a function or method whose name begins with `test`: the empty
`tests.py` that `startapp` leaves is none. Features of behave, and doctests that pytest is told to run, count.

Standard: Testing & quality: test framework: pytest-django.
"""

import re
from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("tests-present", entry="pytest-django")
def check(project: Project) -> Iterator[Finding]:
    if project.tests or not project.python.own or project.files.matching("*.feature", "*.robot"):
        return
    if re.search(r"doctest", " ".join(tool.text("addopts") for tool in project.tools.get("pytest"))):
        return
    yield Finding(
        Place(""), "there is no test", "write one, such as tests/test_pages.py, and run `poetry run pytest`"
    )
