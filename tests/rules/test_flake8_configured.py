"""flake8-configured."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "pyproject.toml",
    'flake8-pyproject = ">=',
    'flake8-bugbear = ">=',
    (
        Break("poetry.lock", 'name = "flake8-pyproject"', 'name = "flake8-bugbear"'),
        Break("poetry.lock", "content-hash = ", "hash = "),
    ),
)

ASKED = '[tool.poetry.group.dev.dependencies]\nflake8 = "^7"\n'
HOOK = "{id: flake8, additional_dependencies: [Flake8-pyproject]}"
TABLE = "[tool.flake8]\nmax-line-length = 88\n"


@pytest.mark.parametrize(
    "files",
    [
        {"pyproject.toml": f'{ASKED}Flake8-pyproject = "^1"\n{TABLE}'},
        {"pyproject.toml": ASKED + TABLE, ".flake8": "[flake8]\nmax-line-length = 88\n"},
        {"pyproject.toml": ASKED, "setup.cfg": "[flake8]\nmax-line-length = 88\n"},
        {"pyproject.toml": ASKED},
        {
            "pyproject.toml": ASKED + TABLE,
            ".pre-commit-config.yaml": f"repos: [{{hooks: [{HOOK}]}}]",
        },
    ],
)
def test_what_flake8_reads_passes(files: dict[str, str]) -> None:
    passes("flake8-configured", files)


def test_a_table_that_flake8_does_not_read() -> None:
    flags(
        "flake8-configured",
        {"pyproject.toml": ASKED + TABLE},
        "pyproject.toml:4 flake8 does not read [tool.flake8]",
    )
