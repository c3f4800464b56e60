"""Each pair of answers, in a project that is made, locked, installed, checked and tested."""

from __future__ import annotations

from itertools import combinations, product
from pathlib import Path

import pytest

from stackyard.scaffold.questions import Given
from stackyard.scaffold.template import installed
from tests.matrix.project import make
from tests.matrix.rows import Row, answered, factors, given, refused_pairs, rows, title

TEMPLATE = installed()
QUESTIONNAIRE = TEMPLATE.questionnaire
ROWS = rows(QUESTIONNAIRE)
PRESETS = list(QUESTIONNAIRE.questions["preset"].choices)
SLOW = [
    f"--ignore={folder}/test_{name}.py"
    for folder, names in {
        "tests": "api_schema browser forged_hosts pages production redirects safe_methods second_factor",
        "apps/accounts/tests": "enumeration",
    }.items()
    for name in names.split()
]
"""Tests that ask all there is, or drive a server or a browser: the living template's are more."""
PRODUCTION = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "x9-K_2vB7.qW4~nR8zT1mY6cU3aP5sD0fG-hJ_lE9iO2bN7vM4xx",
    "JWT_SIGNING_KEY": "MC4CAQAwBQYDK2VwBCIEIDEzl2DCKUHjjg2eFIAsB9dm01i40E/LFBBzIuqW9II6",
    "ALLOWED_HOSTS": "localhost",
    "EMAIL_URL": "smtp://localhost:25",
    "DEFAULT_FROM_EMAIL": "project@example.com",
}


def test_every_answer_and_every_pair_that_is_allowed_is_in_a_row() -> None:
    table = factors(QUESTIONNAIRE)
    refused = refused_pairs(QUESTIONNAIRE)

    for one, other in combinations(table, 2):
        for first, second in product(table[one], table[other]):
            meets = any(row[one] == first and row[other] == second for row in ROWS)
            assert meets is not ({one: first, other: second} in refused), (one, first, other, second)
    for row in ROWS:
        assert answered(QUESTIONNAIRE, row) is not None, title(row)


def test_every_capability_is_a_factor() -> None:
    """What is asked and is not a factor is a name: a question of a new kind has to be thought of here."""
    asked = {name for name, question in QUESTIONNAIRE.questions.items() if not question.computed}
    names = {"project_slug", "description", "author_name", "domain", "author_email", "preset"}

    assert {factor.partition(".")[0] for factor in factors(QUESTIONNAIRE)} == asked - names


@pytest.mark.matrix
@pytest.mark.parametrize("row", ROWS, ids=title)
def test_a_row(row: Row, tmp_path: Path) -> None:
    _try(given(row), tmp_path)


@pytest.mark.matrix
@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset(preset: str, tmp_path: Path) -> None:
    _try({"preset": preset}, tmp_path)


def _try(answers: dict[str, object], tmp_path: Path) -> None:
    trial = make(TEMPLATE, QUESTIONNAIRE.answer("project", Given(answers)), tmp_path / "project")
    trial.install()
    trial.check()
    print(trial.test(PRODUCTION, workers=0))


@pytest.mark.ci
@pytest.mark.long
def test_the_least_with_the_packages_that_are_here(tmp_path: Path) -> None:
    """The short form: the tests of what has least; the living template's are the other rooms'."""
    trial = make(
        TEMPLATE, QUESTIONNAIRE.answer("project", Given({"preset": "minimal"})), tmp_path / "project"
    )
    trial.share()
    print(trial.test(PRODUCTION, "apps", "config", "tests", *SLOW, workers=0))


@pytest.mark.long
def test_a_row_with_the_packages_that_are_here(tmp_path: Path) -> None:
    """The short form: the checks of what has most without a broker, which the living template never is."""
    small = (row for row in ROWS if row["broker"] == "none" and not row["events"])
    answers = given(max(small, key=lambda row: len(title(row).split("+"))))
    trial = make(TEMPLATE, QUESTIONNAIRE.answer("project", Given(answers)), tmp_path / "project")
    trial.share()
    trial.check()
