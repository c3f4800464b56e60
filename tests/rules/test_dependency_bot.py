"""dependency-bot."""

import pytest

from tests.rules.repo import Break, findings, flags, passes

BREAK = Break(".github/dependabot.yml", "package-ecosystem: pip", "package-ecosystem: npm")

REPO = {
    "pyproject.toml": '[tool.poetry.dependencies]\ndjango = "^6"\n',
    ".github/workflows/ci.yml": "on: push\njobs:\n  t:\n    steps:\n      - run: poetry install\n",
}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".github/dependabot.yml", 'updates:\n  - package-ecosystem: "pip"\n'),
        (".github/dependabot.yaml", "updates:\n  - directory: /\n    package-ecosystem: pip\n"),
        ("renovate.json", "{}"),
        (".github/renovate.json5", "{}"),
        (".github/workflows/update.yml", "on: push\njobs:\n  t:\n    steps:\n      - run: poetry update\n"),
    ],
)
def test_a_bot_passes(path: str, text: str) -> None:
    passes("dependency-bot", {**REPO, path: text})


def test_none() -> None:
    flags("dependency-bot", REPO, ".github/workflows/ci.yml nothing proposes newer versions")


def test_one_that_leaves_python_out() -> None:
    text = "updates:\n  - package-ecosystem: github-actions\n#  - package-ecosystem: pip\n"
    flags(
        "dependency-bot",
        {**REPO, ".github/dependabot.yml": text},
        ".github/dependabot.yml Dependabot does not",
    )


def test_without_poetry_or_pipelines_it_is_not_known() -> None:
    passes("dependency-bot", {"pyproject.toml": REPO["pyproject.toml"]})
    passes("dependency-bot", {**REPO, "pyproject.toml": "[tool.black]\n"})


def test_where_pipelines_are_not_githubs_neither_is_the_bot() -> None:
    files = {"pyproject.toml": REPO["pyproject.toml"], ".gitlab-ci.yml": "test:\n  script: [pytest]\n"}
    (finding,) = findings("dependency-bot", files)
    assert finding.remedy == "add a renovate.json"
