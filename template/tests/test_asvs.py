"""The map of OWASP's ASVS is complete, and says what the tests say."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from stack.environment import BASE_DIR
from tests.asvs import PAGE, Tests, data, faults, page, rows
from tests.processes import SECONDS, environment

SHOW = """
import json, sys
from tests.asvs import collect
found = {row: {str(path): sorted(names) for path, names in tests.items()} for row, tests in collect().items()}
json.dump(found, sys.stdout)
"""
"""In a process of its own: pytest does not collect twice in one."""


@pytest.fixture(name="marked", scope="module")
def fixture_marked() -> Tests:
    """The marks of all tests, whichever are run."""
    command = [sys.executable, "-c", SHOW]
    done = subprocess.run(
        command,
        cwd=BASE_DIR,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=10 * SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return {row: {Path(path): set(names) for path, names in tests.items()} for row, tests in found.items()}


def test_every_row_has_one_answer_which_is_there_and_the_page_says_so(marked: Tests) -> None:
    assert sorted(faults(marked)) == []
    assert sum(row.answer == "tests" for row in rows(marked)) >= 80
    if PAGE.exists():  # a project that has another choice of capabilities has to be asked for its own
        assert PAGE.read_text(encoding="utf-8") == page(
            marked
        ), "python -m tests.asvs > docs/security/asvs.md"


def test_the_rows_are_those_of_the_standard() -> None:
    known = data()
    numbers = [tuple(map(int, number.split("."))) for number in known if number != "chapters"]
    levels = [known[".".join(map(str, number))]["level"] for number in numbers]
    assert (levels.count(1), levels.count(2), len(levels)) == (70, 183, 253)
    assert numbers == sorted(numbers)
    assert {str(chapter) for chapter, *_ in numbers} == known["chapters"].keys() and len(
        known["chapters"]
    ) == 17


@pytest.mark.parametrize(
    ("row", "tests", "fault"),
    [
        ("6.2.99", {Path("test_x.py"): {"test_x"}}, "6.2.99 is marked on a test, and no row"),
        ("1.2.6", {Path("test_x.py"): {"test_x"}}, "1.2.6 has several answers: tests, not_applicable"),
        ("6.2.1", {}, "6.2.1 (passwords have eight characters or more) has no answer"),
    ],
)
def test_what_is_wrong_would_be_seen(row: str, tests: dict[Path, set[str]], fault: str) -> None:
    assert any(found.startswith(fault) for found in faults({row: tests}))
