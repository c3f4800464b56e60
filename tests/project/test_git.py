"""What Git keeps."""

import subprocess
from pathlib import Path

import pytest

from stackyard.project.files import Files
from stackyard.project.git import Gitignores, is_within, tracked

NAMES = ["a", "ab/c.py", "ab/cd.py", "ab/c/" + "d" * 200, "f\u00fcr"]


def repository(folder: Path, version: int) -> Path:
    for name in NAMES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    for arguments in (["init", "-q"], ["add", "."], ["update-index", "--index-version", str(version)]):
        subprocess.run(["git", *arguments], cwd=folder, check=True)
    (folder / "untracked").touch()
    return folder


@pytest.mark.parametrize("version", [2, 3, 4])
def test_what_is_tracked(tmp_path: Path, version: int) -> None:
    (tmp_path / "ab").mkdir()
    (tmp_path / "ab" / "c").mkdir()
    assert tracked(repository(tmp_path, version)) == frozenset(NAMES)


def test_an_entry_that_is_only_meant_has_more_flags(tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "--intent-to-add", "x"], cwd=tmp_path, check=True)
    assert tracked(tmp_path) == frozenset({"x"})


def test_no_repository(tmp_path: Path) -> None:
    assert tracked(tmp_path) is None


@pytest.mark.parametrize(
    "content",
    [b"", b"DIRC", b"DIRC\0\0\0\2\0\0\0\7", b"x" * 99, b"DIRC\0\0\0\4\xff\xff\xff\xff" + b"\xff" * 99],
)
def test_no_index(tmp_path: Path, content: bytes) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "index").write_bytes(content)
    assert tracked(tmp_path) is None


def test_a_folder_of_a_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "backend").mkdir()
    assert is_within(tmp_path / "backend") and not is_within(tmp_path)


def test_a_set_in_a_set_is_no_warning(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*.py[[a]]\n.env\n", encoding="utf-8")
    assert Gitignores(Files(tmp_path)).leaves_out(".env")
