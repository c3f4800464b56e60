"""coverage-floor."""

import pytest

from tests.rules.repo import Break, findings, flags, passes

BREAK = Break("pyproject.toml", "fail_under = 90\n")

ASKED = '[tool.poetry.group.dev.dependencies]\npytest-cov = "^7"\n'
REPO = {"pyproject.toml": ASKED, "tests/test_home.py": "def test_home(client): ...\n"}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pyproject.toml", f"{ASKED}[tool.coverage.report]\nfail_under = 90\n"),
        ("pyproject.toml", f'{ASKED}[tool.pytest.ini_options]\naddopts = "--cov --cov-fail-under=80"\n'),
        (".coveragerc", "[run]\nbranch = True\n[report]\nfail_under = 90\n"),
        ("setup.cfg", "[coverage:report]\nfail_under = 90\n"),
        ("tox.ini", "[coverage:report]\nfail_under = 90\n"),
        ("Makefile", "test:\n\tcoverage report --fail-under=80\n"),
        (".coveragerc", "[run]\nplugins = covdefaults\n"),
        ("codecov.yml", "coverage: {}\n"),
    ],
)
def test_a_floor_passes(path: str, text: str) -> None:
    passes("coverage-floor", {**REPO, path: text})


def test_no_floor() -> None:
    flags("coverage-floor", REPO, "pyproject.toml no floor is set")


def test_a_floor_in_a_comment_is_none() -> None:
    files = {**REPO, ".coveragerc": "[report]\n# fail_under = 90\nshow_missing = True\n"}
    flags("coverage-floor", files, ".coveragerc:1 no floor is set")


def test_without_tests_or_the_package_nothing_is_asked() -> None:
    passes("coverage-floor", {"pyproject.toml": ASKED})
    passes("coverage-floor", {**REPO, "pyproject.toml": "[tool.poetry]\n"})


@pytest.mark.parametrize(
    ("path", "text", "section"),
    [
        (".coveragerc", "[run]\nomit = x\n", "[report]"),
        ("setup.cfg", "[coverage:run]\nomit = x\n", "[coverage:report]"),
    ],
)
def test_the_section_is_that_files_own(path: str, text: str, section: str) -> None:
    (finding,) = findings("coverage-floor", {**REPO, path: text})
    assert finding.remedy == f"set `fail_under` in {section}"
