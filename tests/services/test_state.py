"""Data folders: who may use them, and when they go."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from stackyard.errors import UserError
from stackyard.services.state import claimed, private_folder, project_folder


@pytest.fixture(name="project")
def fixture_project(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    shutil.rmtree(project_folder(tmp_path))


def test_the_first_claim_lasts_and_others_go(project: Path) -> None:
    with claimed(project) as first:
        with claimed(project) as second:
            assert first != second and second.is_dir()
        assert not second.exists()
        (first / "kept").touch()
    with claimed(project) as again:
        assert again == first and (again / "kept").exists()


def test_what_a_killed_run_left_goes_and_what_another_uses_stays(project: Path) -> None:
    with claimed(project), claimed(project) as used:
        leftover = used.with_name("run-killed")
        leftover.mkdir()
        (leftover / "data").touch()
        with claimed(project):
            assert not leftover.exists() and used.exists()


def test_a_folder_is_made_private_whatever_the_umask(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o777)
    private_folder(folder)
    assert folder.stat().st_mode & 0o777 == (0o755 if os.geteuid() == 0 else 0o700)


def test_a_link_that_someone_planted_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "planted").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UserError, match="a link"):
        private_folder(tmp_path / "planted")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_another_users_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "planted").mkdir()
    os.chown(tmp_path / "planted", 65534, 65534)
    with pytest.raises(UserError, match="user 65534"):
        private_folder(tmp_path / "planted")


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="Not a directory") as error:
        private_folder(tmp_path / "file" / "folder")
    assert error.value.exit_code == 2
