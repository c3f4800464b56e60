"""pytest finds every module of tests.

By itself pytest looks into `test_*.py` and `*_test.py` only: tests in a `tests.py`, as `startapp` makes it,
are never run and never fail. Looked at are modules called `tests.py` with tests in them, where pytest runs
the tests in CI, or is what the project has its configuration for; silent where `python_files` has such names,
or `manage.py test` is run.

Standard: Testing & quality: test framework: pytest-django.
"""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.rule import Edit, Finding, rule

_OTHERS = ("pytest.ini", ".pytest.ini", "setup.cfg", "tox.ini", "pyproject.toml", "conftest.py")


@rule("tests-collected", entry="pytest-django")
def check(project: Project) -> Iterator[Finding]:
    configurations = project.tools.get("pytest")
    runs_itself = any("manage.py test" in line.text for line in (*project.ci_commands, *project.scripts))
    if (
        not project.packages.has("pytest-django")
        or not configurations
        or runs_itself
        or not project.ci.is_known
    ):
        return
    elsewhere = [path for path in project.files.matching(*_OTHERS) if path != configurations[0].where.path]
    if any(re.search(r"python_files|pytest_collect_file", project.files.text(path)) for path in elsewhere):
        return
    # pytest takes the first file that has something for it, and no other.
    patterns = configurations[0].text("python_files").split() or ["test_*.py", "*_test.py"]
    named = " ".join(line.text for line in (*project.ci_commands, *project.scripts))
    missed = [
        path
        for path in project.tests
        if path.rpartition("/")[2] == "tests.py"
        and not any(fnmatchcase("tests.py", pattern) for pattern in patterns)
        and not re.search(rf"pytest\b.*{re.escape(path)}", named)
    ]
    if missed:
        others = f", and {len(missed) - 1} more" if len(missed) > 1 else ""
        yield Finding(
            Place(missed[0]),
            f"pytest never runs {missed[0]}{others}: it looks into {', '.join(patterns)} only",
            'set `python_files = ["test_*.py", "*_test.py", "tests.py"]`',
            _edits(project),
        )


def _edits(project: Project) -> tuple[Edit, ...]:
    where = project.tools.get("pytest")[0].where
    if not where.path.endswith("pyproject.toml") or project.tools.get("pytest")[0].text("python_files"):
        return ()
    header = project.files.place(where.path, r"^\[tool\.pytest\.ini_options\]$")
    line = "[tool.pytest.ini_options]\n"
    added = f'{line}python_files = ["test_*.py", "*_test.py", "tests.py"]\n'
    return (Edit(where.path, line, added, header.line),) if header.line else ()
