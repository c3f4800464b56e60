"""ci-counts-coverage."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(".github/workflows/ci.yml", "pytest -n auto --cov", "pytest -n auto")

ASKED = '[tool.poetry.group.dev.dependencies]\npytest-cov = "^7"\n'


def repo(command: str, more: str = "", **files: str) -> dict[str, str]:
    text = f"on: push\njobs:\n  test:\n    steps:\n      - run: {command}\n"
    return {"pyproject.toml": ASKED + more, ".github/workflows/ci.yml": text, **files}


@pytest.mark.parametrize(
    "command",
    [
        "pytest --cov",
        "poetry run pytest --cov=apps",
        "coverage run -m pytest",
        "docker compose run web coverage run manage.py test",
    ],
)
def test_lines_are_counted(command: str) -> None:
    passes("ci-counts-coverage", repo(command))


def test_options_that_pytest_always_has_count() -> None:
    passes(
        "ci-counts-coverage", repo("pytest", '[tool.pytest.ini_options]\naddopts = ["-ra", "--cov=apps"]\n')
    )
    passes("ci-counts-coverage", repo("pytest", **{"pytest.ini": "[pytest]\naddopts = -ra --cov\n"}))


def test_what_is_called_counts() -> None:
    passes("ci-counts-coverage", repo("make test", Makefile="test:\n\tpytest --cov\n"))


def test_lines_are_not_counted() -> None:
    files = repo("poetry run pytest -q  # --cov")
    flags(
        "ci-counts-coverage",
        files,
        ".github/workflows/ci.yml:5 does not count the lines that its tests run: `pytest -q`",
    )


@pytest.mark.parametrize("command", ["black .", "pytest $OPTIONS --cov-report=xml"])
def test_no_tests_and_what_is_not_known_pass(command: str) -> None:
    passes("ci-counts-coverage", repo(command))


def test_without_the_package_nothing_is_asked() -> None:
    passes("ci-counts-coverage", {**repo("pytest"), "pyproject.toml": "[tool.poetry]\n"})
