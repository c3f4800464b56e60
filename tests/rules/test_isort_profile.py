"""isort-profile."""

import pytest

from stackyard.checking.fixing import edited
from tests.rules.repo import Break, findings, flags, passes

BREAK = Break("pyproject.toml", '[tool.isort]\nprofile = "black"\n', "[tool.isort]\n")

ASKED = '[tool.poetry.group.dev.dependencies]\nblack = "^26"\nisort = "^9"\n'


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pyproject.toml", f'{ASKED}[tool.isort]\nprofile = "black"\n'),
        ("pyproject.toml", f"{ASKED}[tool.isort]\nmulti_line_output = 3\ninclude_trailing_comma = true\n"),
        (".isort.cfg", "[settings]\nprofile=black\n"),
        ("setup.cfg", "[isort]\nprofile = black\n"),
        ("tox.ini", "[isort]\nprofile = black\n"),
        ("Makefile", "format:\n\tisort --profile black .\n"),
        (
            ".pre-commit-config.yaml",
            'repos:\n  - hooks:\n    - id: isort\n      args: ["--profile", "black"]\n',
        ),
        ("pyproject.toml", '[tool.poetry.group.dev.dependencies]\nisort = "^9"\n'),
    ],
)
def test_blacks_profile_passes(path: str, text: str) -> None:
    passes("isort-profile", {"pyproject.toml": ASKED, path: text})


@pytest.mark.parametrize(
    "more", ["", "\n[tool.isort]  # as black\nline_length = 110\n", "\n[tool.isort]\nskip = ['x']\n"]
)
def test_no_profile_and_its_fix(more: str) -> None:
    files = {"pyproject.toml": ASKED + more}
    (finding,) = findings("isort-profile", files)
    assert "isort has no profile" in finding.fact
    for edit in finding.edits:
        files["pyproject.toml"] = str(edited(files["pyproject.toml"], edit))
        passes("isort-profile", files)
    assert finding.edits or "#" in more


def test_another_profile() -> None:
    files = {"pyproject.toml": ASKED, ".isort.cfg": "[settings]\nprofile = django\n"}
    flags("isort-profile", files, ".isort.cfg:1 isort has the profile 'django'")
