"""What was there at a revision does not count."""

import subprocess
from pathlib import Path

import pytest

from stackyard.checking.result import State
from stackyard.checking.run import check
from stackyard.checking.since import known_at
from stackyard.errors import UserError
from tests.checking.shop import checks, shop


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=n", "-c", "user.email=e@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(name="project")
def _project(tmp_path: Path) -> Path:
    project = shop(tmp_path / "shop", **{"README.md": "hello"})
    git(project, "init", "--quiet", "--initial-branch=main")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message=first")
    return project


def test_only_what_came_since_counts(project: Path) -> None:
    (project / "README.md").unlink()
    (project / "b.txt").write_text("\tnew\n", encoding="utf-8")
    known = known_at(project, "main", checks())
    report = check(project, "shop", checks(known=known))
    assert {(item.rule, item.where.path): item.state for item in report.results} == {
        ("readme-there", ""): State.OPEN,
        ("no-tabs", "a.txt"): State.KNOWN,
        ("no-tabs", "b.txt"): State.OPEN,
    }


def test_nothing_that_the_repository_configures_is_run(project: Path, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {ran}\ncat\n", encoding="utf-8")
    program.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "filter.x.smudge",
        "filter.x.clean",
        "core.pager",
        "diff.external",
        "core.sshCommand",
    ):
        git(project, "config", key, str(program))
    (project / ".gitattributes").write_text("* filter=x diff=x\n", encoding="utf-8")
    known_at(project, "main", checks())
    assert not ran.exists()


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "main:nowhere", ""])
def test_a_revision_that_is_none_is_told(project: Path, revision: str) -> None:
    with pytest.raises(UserError, match="A revision of the project's Git repository"):
        known_at(project, revision, checks())


def test_a_folder_in_no_repository_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not a git repository"):
        known_at(shop(tmp_path / "alone"), "main", checks())


def test_a_project_within_a_repository_is_compared_with_itself(tmp_path: Path) -> None:
    repository = tmp_path / "many"
    project = shop(repository / "shop")
    shop(repository / "other", **{"c.txt": "\tx\n"})
    git(repository, "init", "--quiet", "--initial-branch=main")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message=first")
    assert sum(known_at(project, "main", checks()).values()) == 2
