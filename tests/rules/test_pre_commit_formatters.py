"""pre-commit-formatters."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(
    ".pre-commit-config.yaml",
    "        entry: poetry run isort --quiet\n",
    "        entry: 'true'\n",
    (Break(".pre-commit-config.yaml", "      - id: isort\n", "      - id: imports\n"),),
)

ASKED = (
    '[tool.poetry.group.dev.dependencies]\nblack = "^26"\nisort = "^9"\nflake8 = "^7"\npre-commit = "^4"\n'
)


def repo(*hooks: str, **files: str) -> dict[str, str]:
    lines = "".join(f"      - {hook}\n" for hook in hooks)
    text = f"repos:\n  - repo: local\n    hooks:\n{lines}"
    return {"pyproject.toml": ASKED, ".pre-commit-config.yaml": text, **files}


@pytest.mark.parametrize(
    "hooks",
    [
        ["id: black", "id: isort", "id: flake8"],
        ["{id: black-jupyter}", "id: isort", "id: flake8"],
        ["{id: format, entry: bash -c 'black . && isort .'}", "id: flake8"],
        ["{id: all, entry: poetry run task lint}", "id: black", "id: isort", "id: flake8"],
        ["id: ruff-format", "{id: ruff, args: [--fix]}"],
    ],
)
def test_hooks_for_each_pass(hooks: list[str]) -> None:
    passes("pre-commit-formatters", repo(*hooks))


def test_a_hook_that_calls_make_passes() -> None:
    passes(
        "pre-commit-formatters",
        repo("{id: lint, entry: make lint}", Makefile="lint:\n\tblack .\n\tisort .\n\tflake8\n"),
    )


def test_a_tool_without_a_hook() -> None:
    flags(
        "pre-commit-formatters",
        repo("id: black", "# id: isort"),
        ".pre-commit-config.yaml no hook runs isort, flake8",
    )


def test_pre_commit_without_a_configuration() -> None:
    flags(
        "pre-commit-formatters",
        {"pyproject.toml": ASKED},
        "pyproject.toml:5 there is no .pre-commit-config.yaml",
    )


def test_a_package_that_is_not_there_is_another_rules() -> None:
    passes(
        "pre-commit-formatters",
        {**repo("id: black"), "pyproject.toml": '[tool.poetry.dependencies]\nblack = "^26"\n'},
    )
    passes("pre-commit-formatters", {"pyproject.toml": "[tool.poetry]\n"})
