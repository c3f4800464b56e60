"""Files of a hostile repository: what is no text of a sane size is not opened."""

import os
import socket
import time
from pathlib import Path

import pytest

from stackyard.project import files as module
from stackyard.project.files import Files


def written(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    return folder


def test_the_shallowest_come_first_and_what_is_not_ours_is_left_out(tmp_path: Path) -> None:
    written(tmp_path, "z/a.py", "b.py", ".env", ".git/config", "node_modules/x/a.js", "y/.venv/lib/a.py")
    written(tmp_path, "my-environment/pyvenv.cfg", "my-environment/lib/a.py")
    assert Files(tmp_path).paths == (".env", "b.py", "z/a.py")


def test_names_are_matched_as_a_shell_does(tmp_path: Path) -> None:
    files = Files(
        written(
            tmp_path,
            "Dockerfile",
            "a/dockerfile",
            "a/x.yml",
            "b/a/x.yml",
            "ab/x.yml",
            "pyproject.toml",
            "d/txt",
        )
    )
    assert files.matching("Dockerfile") == ["Dockerfile", "a/dockerfile"]
    assert files.matching("*.txt") == []
    assert files.matching("*.yml") == ["a/x.yml", "ab/x.yml", "b/a/x.yml"]
    assert files.matching("a/*.yml") == ["a/x.yml"]
    assert files.matching("a/*.yml", "*.toml") == ["pyproject.toml", "a/x.yml"]
    assert files.matching("nothing*") == []


def test_links_lead_nowhere_else(tmp_path: Path) -> None:
    root = written(tmp_path / "root", "real.txt")
    outside = written(tmp_path / "outside", "secret")
    (root / "inside").symlink_to("real.txt")
    (root / "zero").symlink_to("/dev/zero")
    (root / "secret").symlink_to(outside / "secret")
    (root / "folder").symlink_to(outside)
    (root / "up").symlink_to("..")
    (root / "loop").symlink_to("loop")
    (root / "gone").symlink_to("nowhere")
    files = Files(root.resolve())
    assert files.paths == ("inside", "real.txt")
    assert files.text("inside") == "real.txt"
    assert files.text("secret") == files.text("../outside/secret") == ""


def test_pipes_and_sockets_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        monkeypatch.chdir(tmp_path)  # a socket's name has to be short
        listener.bind("socket")
        assert not Files(tmp_path).paths


def test_a_pipe_that_takes_a_file_s_place_is_not_waited_for(tmp_path: Path) -> None:
    files = Files(written(tmp_path, "a"))
    assert files.paths == ("a",)
    (tmp_path / "a").unlink()
    os.mkfifo(tmp_path / "a")
    started = time.monotonic()
    assert files.text("a") == ""
    assert time.monotonic() - started < 5


def test_large_files_are_not_read_and_that_is_told(tmp_path: Path) -> None:
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(1 << 30)
    files = Files(tmp_path)
    assert files.text("large.txt") == ""
    assert [str(problem.where) for problem in files.problems] == ["large.txt"]
    assert "larger than" in files.problems[0].fact


def test_all_together_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TOTAL", 10)
    files = Files(written(tmp_path, "a-name", "b-name"))
    assert files.text("a-name") == "a-name"
    assert files.text("b-name") == ""
    assert [str(problem.where) for problem in files.problems] == ["b-name"]


def test_so_many_files_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FILES", 3)
    files = Files(written(tmp_path, "a", "b", "c", "d/e"))
    assert files.paths == ("a", "b", "c")
    assert "more than 3 files" in files.problems[0].fact


def test_bytes_that_are_no_utf_8_are_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfa\r\nb\xff")
    os.mkdir(os.fsencode(tmp_path) + b"/\xff")
    (tmp_path / os.fsdecode(b"\xff.txt")).write_bytes(b"x")
    files = Files(tmp_path)
    assert files.paths == ("a.txt",)
    assert files.text("a.txt") == "a\nb�"


def test_a_file_that_nobody_may_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = Files(written(tmp_path, "a"))
    assert "a" in files

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert files.text("a") == ""
    assert files.problems[0].fact == "cannot be read: Permission denied"
