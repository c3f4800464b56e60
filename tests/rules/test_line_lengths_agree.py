"""line-lengths-agree."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break("pyproject.toml", "[tool.flake8]\nmax-line-length = 110", "[tool.flake8]\nmax-line-length = 79")

ASKED = '[tool.poetry.group.dev.dependencies]\nblack = "^26"\nisort = "^9"\nflake8 = "^7"\npylint = "^4"\n'
BLACK = f"{ASKED}[tool.black]\nline-length = 120\n"
PYLINT = "[tool.pylint.format]\nmax-line-length = 120\n"
ISORT = '[tool.isort]\nprofile = "black"\nline_length = 120\n'


@pytest.mark.parametrize(
    ("pyproject", "flake8"),
    [
        (BLACK + PYLINT + ISORT, "max-line-length = 120"),
        (BLACK + PYLINT + ISORT, "max_line_length = 140  ; for addresses"),
        (BLACK + PYLINT + ISORT, "extend-ignore = E203,E501"),
        (BLACK + PYLINT + ISORT, "max-line-length = 80\nselect = C,E,F,W,B,B950"),
        (BLACK + PYLINT + ISORT, "max-line-length = 80\nselect = WPS, E99"),
        (ASKED, "max-line-length = 88"),
        (f"{BLACK}{PYLINT}[tool.isort]\nmulti_line_output = 3\n", "max-line-length = 120"),
    ],
)
def test_the_same_length_passes(pyproject: str, flake8: str) -> None:
    passes("line-lengths-agree", {"pyproject.toml": pyproject, ".flake8": f"[flake8]\n{flake8}\n"})


def test_flake8_by_itself_is_shorter_than_black() -> None:
    flags(
        "line-lengths-agree",
        {"pyproject.toml": ASKED},
        "pyproject.toml:2 flake8 ends lines at 79, black at 88",
    )


def test_each_that_differs_has_its_line() -> None:
    files = {
        "pyproject.toml": f'{BLACK}[tool.isort]\nprofile = "black"\n',
        ".flake8": "[flake8]\nmax-line-length = 100\n",
    }
    flags(
        "line-lengths-agree",
        files,
        "pyproject.toml:9 isort ends lines at 88, black at 120",
        ".flake8:2 flake8 ends lines at 100, black at 120",
        "pyproject.toml:2 pylint ends lines at 100, black at 120",
    )


def test_lengths_on_the_command_line_are_not_known() -> None:
    files = {"pyproject.toml": BLACK, "Makefile": "lint:\n\tflake8 --max-line-length=120\n"}
    passes("line-lengths-agree", files)
