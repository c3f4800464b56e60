"""What a project asks for, and what is locked."""

from pathlib import Path

import pytest

from stackyard.formats.place import Place
from stackyard.project.documents import Documents
from stackyard.project.files import Files
from stackyard.project.packages import Dependency, Packages


@pytest.mark.parametrize(
    "text", ["^1.0", "~1", "1.*", "==1.0", "1.0", ">=1,<2", "<2", "^1 || ^2", "not a version"]
)
def test_bounded(text: str) -> None:
    assert Dependency("x", text, frozenset(), "main", Place("")).is_bounded


@pytest.mark.parametrize("text", ["", "*", ">=1", ">1,!=2", "^1 || >=3"])
def test_not_bounded(text: str) -> None:
    assert not Dependency("x", text, frozenset(), "main", Place("")).is_bounded


@pytest.mark.parametrize(
    ("asked", "version", "wanted"),
    [
        ("^3.13", "3.13", True),
        ("^3.13", "3.14.2", True),
        ("^3.13", "3.12", False),
        (">=3.13,<3.14", "3.14", False),
        (">=3.13.2", "3.13", True),
        (">=3.13.2", "3.13.1", False),
        ("^3.13", "3", None),
        ("nonsense!", "3.13", None),
    ],
)
def test_versions_of_python(tmp_path: Path, asked: str, version: str, wanted: bool | None) -> None:
    (tmp_path / "pyproject.toml").write_text(f'[tool.poetry.dependencies]\npython = "{asked}"\n')
    assert Packages(Documents(Files(tmp_path))).takes_python(version) is wanted


def test_items_of_lists_have_their_lines(tmp_path: Path) -> None:
    project = "[project]\ndependencies = [\n  # web\n  \"django>=6\",\n  'celery',\n]\n"
    text = f'{project}[dependency-groups]\ndev = ["black"]\n'
    (tmp_path / "pyproject.toml").write_text(text)
    found = Packages(Documents(Files(tmp_path))).dependencies
    assert [(item.name, item.where.line) for item in found] == [("django", 4), ("celery", 5), ("black", 8)]


def test_requirements_take_others_in(tmp_path: Path) -> None:
    (tmp_path / "deps").mkdir()
    (tmp_path / "requirements.txt").write_text(
        "-r deps/web.txt\n--requirement deps/none.txt\n-r requirements.txt\n"
    )
    (tmp_path / "deps/web.txt").write_text("django==6.0\n")
    packages = Packages(Documents(Files(tmp_path)))
    assert packages.requirements_files == ["requirements.txt", "deps/web.txt"]
    assert packages.has("django") and not packages.is_whole


def test_what_uv_has_locked(tmp_path: Path) -> None:
    lock = '[[package]]\nname = "django"\nversion = "6.0.1"\nwheels = [\n    { url = "x" },\n]\n'
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n')
    (tmp_path / "uv.lock").write_text(lock)
    packages = Packages(Documents(Files(tmp_path)))
    assert list(map(str, packages.locked.values())) == ["6.0.1"] and packages.lock is None


@pytest.mark.parametrize(
    "table",
    [
        '[tool.pdm.dev-dependencies]\ntest = ["pytest~=8.0"]\n',
        '[tool.uv]\ndev-dependencies = ["pytest~=8.0"]\n',
        '[tool.hatch.envs.test]\nextra-dependencies = ["pytest~=8.0"]\n',
    ],
)
def test_developers_packages_of_other_tools(tmp_path: Path, table: str) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["django"]\n' + table)
    packages = Packages(Documents(Files(tmp_path)))
    pytest_ = packages.get("pytest")
    assert pytest_ is not None and not pytest_.is_main
    assert str(pytest_.where) == "pyproject.toml:4" and [item.name for item in packages.main] == ["django"]


def test_a_line_with_hashes_is_pinned(tmp_path: Path) -> None:
    text = "django==6.0.1 \\\n    --hash=sha256:00\nredis==5.0 --hash=sha256:00\n"
    (tmp_path / "requirements.txt").write_text(text, encoding="utf-8")
    asked = Packages(Documents(Files(tmp_path))).elsewhere
    assert [item.constraint for item in asked] == ["==6.0.1", "==5.0"]
