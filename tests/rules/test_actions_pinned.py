"""actions-pinned."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(
    ".github/workflows/security.yml",
    "uses: actions/upload-artifact@",
    "uses: actions/upload-artifact@main # ",
)


def repo(uses: str) -> dict[str, str]:
    return {".github/workflows/ci.yml": f"on: push\njobs:\n  t:\n    steps:\n      - uses: {uses}\n"}


@pytest.mark.parametrize(
    "uses",
    [
        "actions/checkout@v6",
        "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
        "./.github/actions/setup",
        "docker://alpine:3.22",
        "psf/black@stable",
        "actions/checkout@${{ inputs.version }}",
    ],
)
def test_a_version_passes(uses: str) -> None:
    passes("actions-pinned", repo(uses))


@pytest.mark.parametrize(
    ("uses", "fact"),
    [
        ("abatilo/actions-poetry@master", "from master, which is a branch"),
        ("actions/checkout", "has no version"),
    ],
)
def test_a_branch_or_nothing_is_none(uses: str, fact: str) -> None:
    flags("actions-pinned", repo(uses), f".github/workflows/ci.yml:5 {fact}")
