"""git-flow."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(
    ".github/workflows/ci.yml",
    "[main, develop]",
    "[main]",
    more=(Break(".github/workflows/security.yml", "[main, develop]", "[main]"),),
)


def ci(on: str) -> dict[str, str]:
    return {".github/workflows/ci.yml": f"name: CI\non:\n{on}\njobs: {{}}\n"}


@pytest.mark.parametrize(
    "on",
    [
        "  push: {branches: [main, develop]}",
        "  push:\n    branches:\n      - main\n      - dev",
        "  pull_request: {branches: ['**']}",
        "  push:\n  pull_request: {branches: [main]}",
        "  push: {branches-ignore: [gh-pages]}\n  pull_request: {branches: [main]}",
        "  push: {tags: ['v*']}",
        "  pull_request:",
    ],
)
def test_develop_or_every_branch(on: str) -> None:
    passes("git-flow", ci(on))


@pytest.mark.parametrize(
    "on", ["  push: {branches: [main]}", "  push: {branches: [main]} # develop\n  pull_request:"]
)
def test_main_alone(on: str) -> None:
    flags("git-flow", ci(on), ".github/workflows/ci.yml:2 CI runs for main alone")


def test_another_workflow_for_develop() -> None:
    passes(
        "git-flow",
        ci("  push: {branches: [main]}") | {".github/workflows/b.yml": "on: {push: {branches: [develop]}}\n"},
    )


@pytest.mark.parametrize("text", ["We follow Git Flow.", "Pull requests go to the `develop` branch."])
def test_a_document_says_so(text: str) -> None:
    passes("git-flow", ci("  push: {branches: [main]}") | {"CONTRIBUTING.md": text})


def test_no_ci_or_another_one() -> None:
    passes("git-flow", {"README.md": ""})
    passes("git-flow", ci("  push: {branches: [main]}") | {".gitlab-ci.yml": "test: {script: [pytest]}\n"})
