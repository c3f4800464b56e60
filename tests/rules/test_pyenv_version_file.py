"""pyenv-version-file."""

import pytest

from tests.rules.repo import Break, findings, flags, passes

BREAK = Break(".python-version", "", None)

ASKED = {"pyproject.toml": '[project]\nrequires-python = ">=3.13"\ndependencies = ["django"]\n'}


@pytest.mark.parametrize("name", [".python-version", ".tool-versions", "mise.toml"])
def test_a_file_passes(name: str) -> None:
    passes("pyenv-version-file", {**ASKED, name: ""})


def test_a_file_beside_the_project_or_above_it_passes() -> None:
    inner = {"backend/pyproject.toml": ASKED["pyproject.toml"]}
    passes("pyenv-version-file", {**inner, "backend/.python-version": "3.13\n"})
    passes("pyenv-version-file", {**inner, ".python-version": "3.13\n"})


def test_no_file_and_its_fix() -> None:
    flags("pyenv-version-file", ASKED, "pyproject.toml no .python-version")
    (edit,) = findings("pyenv-version-file", ASKED)[0].edits
    assert (edit.path, edit.old, edit.new) == (".python-version", "", "3.13\n")


def test_a_project_that_asks_for_no_python_is_not_known() -> None:
    passes("pyenv-version-file", {"requirements.txt": "django\n"})


def test_developers_get_what_the_standard_wants() -> None:
    (finding,) = findings("pyenv-version-file", {"pyproject.toml": '[project]\nrequires-python = ">=3.10"\n'})
    assert finding.edits[0].new == "3.13\n"
