"""ci-runs-linters."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(".github/workflows/ci.yml", "      - run: poetry run pylint apps config stack tests\n")

ASKED = '[tool.poetry.group.dev.dependencies]\nblack = "^26"\nisort = "^9"\nflake8 = "^7"\n'
HOOKS = """repos:
  - repo: https://github.com/psf/black-pre-commit-mirror
    hooks: [{id: black}]
  - repo: local
    hooks: [{id: imports, entry: poetry run isort}, {id: flake8, entry: make lint}]
"""


def repo(*steps: str, more: str = "", **files: str) -> dict[str, str]:
    lines = "".join(f"      - {step}\n" for step in steps)
    text = f"on: push\njobs:\n  lint:\n    steps:\n{lines}"
    return {"pyproject.toml": ASKED + more, ".github/workflows/ci.yml": text, **files}


@pytest.mark.parametrize(
    "steps",
    [
        ["run: poetry run black --check .", "run: poetry run isort --check .", "run: poetry run flake8"],
        ["run: black --check . && isort --check . && flake8"],
        ["run: git ls-files | xargs flake8", "uses: psf/black@stable", "uses: isort/isort-action@v1"],
        ["run: ruff check ."],
        ["uses: astral-sh/ruff-action@v3"],
    ],
)
def test_each_is_run(steps: list[str]) -> None:
    passes("ci-runs-linters", repo(*steps))


@pytest.mark.parametrize(
    "step",
    [
        "run: poetry run pre-commit run --all-files",
        "uses: pre-commit/action@v3.0.1",
        "uses: j178/prek-action@v1.1.1",
    ],
)
def test_hooks_run_them(step: str) -> None:
    make = "lint:\n\tflake8\n"
    passes("ci-runs-linters", repo(step, **{".pre-commit-config.yaml": HOOKS, "Makefile": make}))


def test_the_hooks_that_pre_commit_ci_runs_count() -> None:
    passes("ci-runs-linters", repo("run: pytest", **{".pre-commit-config.yaml": f"ci: {{}}\n{HOOKS}"}))


def test_the_hooks_of_developers_do_not() -> None:
    files = repo("run: pytest", **{".pre-commit-config.yaml": HOOKS})
    flags("ci-runs-linters", files, ".github/workflows/ci.yml CI does not run black, isort, flake8")


def test_one_that_is_not_run() -> None:
    files = repo("run: black --check . && isort --check . && flake8", more='mypy = "^2"\n')
    flags("ci-runs-linters", files, ".github/workflows/ci.yml CI does not run mypy")


def test_an_option_is_no_run() -> None:
    files = repo("run: isort --profile black --check . && flake8 # black")
    flags("ci-runs-linters", files, ".github/workflows/ci.yml CI does not run black")


def test_a_tool_without_a_hook_is_another_rules() -> None:
    hooks = "repos:\n  - repo: https://github.com/psf/black\n    hooks: [{id: black}]\n"
    passes("ci-runs-linters", repo("run: pre-commit run -a", **{".pre-commit-config.yaml": hooks}))


def test_no_pipeline_is_another_rules() -> None:
    passes("ci-runs-linters", {"pyproject.toml": ASKED})


def test_a_tool_whose_files_are_not_there_is_not_known() -> None:
    passes("ci-runs-linters", repo("run: make lint"))
