"""Settings that are made to take for ever, or all of the memory."""

from pathlib import Path

import pytest

from stackyard.project.settings.deployed import in_production
from stackyard.project.settings.values import variables_of
from tests.project.settings.read import one


@pytest.mark.parametrize(
    "line",
    [
        "A = [A, A]",
        "A = A + A",
        "A += A",
        "A = A if FLAG else A",
        "A.append(A)",
        "A = {'a': A, 'b': A}",
        "A = [A]",
        "A = f'{A}{A}'",
        "A = 'x' * 9999999999",
        "if FLAG:\n    A = 1",
        "A = [*A, *A]",
        "B = {'a': A}\nB['a'] = B\nA = B",
        "A = A.split('')",
    ],
)
def test_a_value_stays_small(tmp_path: Path, line: str) -> None:
    found = one(tmp_path, "A = ['x']\n" + f"{line}\n" * 200)
    in_production(found.value("A"))
    variables_of(found.value("A"))
    found.deployed("A")
