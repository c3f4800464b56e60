"""A new project's hooks: clean code and Conventional Commits get in, others don't."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULE = '"""A module."""\n\nANSWER = 42\n'


@pytest.fixture(name="project")
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a repository and its hooks; Poetry is at hand, as it is for a team."""
    project = tmp_path / "shop"
    path = f"{ROOT}/.stackyard/poetry/bin{os.pathsep}{os.environ['PATH']}"
    variables = {"PRE_COMMIT_HOME": str(tmp_path / "cache"), "GIT_CONFIG_GLOBAL": "/dev/null", "PATH": path}
    for name, value in {
        **variables,
        "POETRY_VIRTUALENVS_IN_PROJECT": "true",
        "SKIP": "mypy,lint-imports,bandit",
    }.items():
        monkeypatch.setenv(name, value)  # they take a minute, and the matrix has them
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    subprocess.run([ROOT / ".venv/bin/stackyard", "new", project, "--preset=minimal"], check=True)
    (project / ".venv").symlink_to(ROOT / "template" / ".venv")
    git(project, "init", "--quiet")
    git(project, "config", "user.name", "Somebody")
    git(project, "config", "user.email", "somebody@example.com")
    subprocess.run([".venv/bin/pre-commit", "install"], cwd=project, check=True, capture_output=True)
    return project


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", *arguments], cwd=folder, check=False, capture_output=True, text=True, timeout=300
    )


def test_a_project_commits_its_first_state_and_no_worse(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(project, "add", "--all", ":!.venv")
    first = git(project, "commit", "-m", "chore: start from the stack")
    assert first.returncode == 0, first.stdout + first.stderr
    monkeypatch.setenv("SKIP", f"{os.environ['SKIP']},flake8,secrets")  # which take as long each time

    (project / "apps" / "answer.py").write_text(MODULE.replace("42", "{  'a':1 }"))
    git(project, "add", "apps")
    unformatted = git(project, "commit", "-m", "feat: an answer")
    assert unformatted.returncode != 0
    assert "files were modified by this hook" in unformatted.stderr

    git(project, "add", "apps")
    unconventional = git(project, "commit", "-m", "An answer")
    assert unconventional.returncode != 0
    assert "Conventional Commits" in unconventional.stderr

    assert git(project, "commit", "-m", "feat: an answer").returncode == 0
    assert len(git(project, "log", "--format=%s").stdout.splitlines()) == 2
