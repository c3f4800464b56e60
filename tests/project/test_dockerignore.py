"""What Docker leaves out."""

from pathlib import Path

import pytest

from stackyard.formats.place import UnreadableError
from stackyard.project.dockerignore import find_dockerignore
from stackyard.project.files import Files


@pytest.mark.parametrize("path", [".dockerignore", "docker/Dockerfile.dockerignore", ".containerignore"])
def test_a_file_of_each_name(tmp_path: Path, path: str) -> None:
    (tmp_path / "docker").mkdir()
    (tmp_path / path).write_text("*\n!apps\n")
    found = find_dockerignore(Files(tmp_path), "docker/Dockerfile", "")
    assert found and found.path == path and found.leaves_out(".env") and not found.leaves_out("apps/a.py")


def test_paths_are_those_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "backend").mkdir()
    (tmp_path / "backend/.dockerignore").write_text(".env\n")
    found = find_dockerignore(Files(tmp_path), "backend/Dockerfile", "backend")
    assert found and found.leaves_out("backend/.env")


def test_a_set_in_a_set_is_matched_and_nothing_said_of_it(tmp_path: Path) -> None:
    (tmp_path / ".dockerignore").write_text("x[[a]]\n")
    found = find_dockerignore(Files(tmp_path), "Dockerfile", "")
    assert found and found.leaves_out("x[]") and not found.leaves_out("xa")


def test_one_that_docker_would_not_read(tmp_path: Path) -> None:
    (tmp_path / ".dockerignore").write_text("[\n")
    with pytest.raises(UnreadableError, match="not a .dockerignore"):
        find_dockerignore(Files(tmp_path), "Dockerfile", "")
