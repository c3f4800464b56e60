"""conventional-commits."""

import pytest

from tests.rules.repo import Break, findings, flags, passes

BREAK = Break(
    ".pre-commit-config.yaml",
    """\
      - id: conventional-commits
        name: Conventional Commits
        language: system
        entry: poetry run conventional-pre-commit
        stages: [commit-msg]
""",
)

HOOK = "repos:\n  - repo: https://example.com/x\n    hooks: [{id: conventional-pre-commit}]\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".pre-commit-config.yaml", HOOK),
        (
            ".pre-commit-config.yaml",
            "repos:\n  - repo: https://github.com/x\n    hooks: [{id: commitizen}]\n",
        ),
        ("commitlint.config.mjs", ""),
        (".husky/commit-msg", "npx --no-install commitlint --edit $1\n"),
        ("package.json", '{"devDependencies": {"semantic-release": "^24"}}'),
        ("pyproject.toml", '[tool.commitizen]\nname = "cz_conventional_commits"\n'),
        ("pyproject.toml", '[tool.semantic_release]\nbranch = "main"\n'),
        (
            ".github/workflows/pr.yml",
            "jobs:\n  a:\n    steps:\n      - uses: amannn/action-semantic-pull-request@v5\n",
        ),
        (
            ".github/workflows/release.yml",
            "jobs:\n  a:\n    steps:\n      - uses: googleapis/release-please-action@v4\n",
        ),
        ("hooks/commit-msg", "#!/bin/sh\ncommitlint\n"),
    ],
)
def test_something_does(path: str, text: str) -> None:
    passes("conventional-commits", {path: text})


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"pyproject.toml": '[tool.poetry.group.dev.dependencies]\ncommitizen = "*"\n'},
        {"CONTRIBUTING.md": "We use Conventional Commits.\n"},
    ],
)
def test_nothing_does(files: dict[str, str]) -> None:
    finding = findings("conventional-commits", files)[0]
    assert str(finding.where) == "the project" and "nothing holds commits" in finding.fact


def test_a_hook_in_a_comment_does_nothing() -> None:
    text = (
        "repos:\n  # - repo: https://example.com/conventional-pre-commit\n  - repo: https://example.com/x\n"
    )
    flags(
        "conventional-commits",
        {".pre-commit-config.yaml": text},
        ".pre-commit-config.yaml nothing holds commits",
    )
