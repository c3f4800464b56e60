"""What the tools of development are told."""

from pathlib import Path

import pytest

from stackyard.project.documents import Documents
from stackyard.project.files import Files
from stackyard.project.tools import Tools


@pytest.mark.parametrize(
    "row",
    [
        ("pyproject.toml", "[tool.black]\nline-length = 99\n", "black", "line-length", "99", 2),
        ("setup.cfg", "[x]\n[flake8]\nmax-line-length = 99\n", "flake8", "max_line_length", "99", 3),
        (".flake8", "[flake8]\n# it\nmax_line_length = 99\n", "flake8", "max-line-length", "99", 3),
        ("tox.ini", "[pytest]\naddopts = -ra\n  --cov\n", "pytest", "addopts", "-ra\n--cov", 2),
        ("setup.cfg", "[tool:pytest]\naddopts = -ra\n", "pytest", "addopts", "-ra", 2),
        (
            "pyproject.toml",
            '[tool.pytest.ini_options]\naddopts = ["-ra", "-q"]\n',
            "pytest",
            "addopts",
            "-ra -q",
            2,
        ),
        (".coveragerc", "[run]\nbranch = 1\n[report]\nfail_under = 9\n", "coverage", "fail_under", "9", 4),
        ("setup.cfg", "[coverage:report]\nfail_under = 9\n", "coverage", "fail_under", "9", 2),
        (".pylintrc", "[MASTER]\nload-plugins=a\n", "pylint", "load_plugins", "a", 2),
        ("mypy.ini", "[mypy]\nstrict = True\n[mypy-a.*]\nignore = 1\n", "mypy", "strict", "True", 2),
        (".isort.cfg", "[settings]\nprofile=black\n", "isort", "profile", "black", 2),
    ],
)
def test_each_form_is_read(tmp_path: Path, row: tuple[str, str, str, str, str, int]) -> None:
    name, text, tool, key, value, line = row
    (tmp_path / name).write_text(text)
    (found,) = Tools(Documents(Files(tmp_path)), "").get(tool)
    assert (found.text(key), found.place(key).line) == (value, line)


def test_a_section_of_another_tool_is_none(tmp_path: Path) -> None:
    (tmp_path / "setup.cfg").write_text("[flake8-quotes]\nmax = 1\n[pytest]\naddopts = -q\n")
    tools = Tools(Documents(Files(tmp_path)), "")
    assert tools.get("flake8") == () and tools.get("pytest") == ()


def test_a_file_that_is_no_configuration_is_none(tmp_path: Path) -> None:
    (tmp_path / "setup.cfg").write_text("<<<<<<< HEAD\n[flake8\n")
    assert Tools(Documents(Files(tmp_path)), "").get("flake8") == ()


def test_a_folder_of_a_monorepo_comes_before_the_top(tmp_path: Path) -> None:
    (tmp_path / "api").mkdir()
    (tmp_path / "api/.flake8").write_text("[flake8]\nmax-line-length = 99\n")
    (tmp_path / "setup.cfg").write_text("[flake8]\nmax-line-length = 88\n")
    assert [
        found.number("max-line-length") for found in Tools(Documents(Files(tmp_path)), "api/").get("flake8")
    ] == [
        99,
        88,
    ]
