"""env-file-not-committed."""

import subprocess
from pathlib import Path

import pytest

from stackyard.project.facts import Project
from tests.rules.repo import Break, flags, passes, rules, standard

VALUE = "kX9vq2LmZ7"
BREAK = Break(".env.production", new=f"DATABASE_PASSWORD={VALUE}\n")


@pytest.mark.parametrize(
    "path", [".env.production", "deploy/.env.prod", "docker/production.env", ".envs/.production/.django"]
)
def test_an_environment_of_production(path: str) -> None:
    flags(
        "env-file-not-committed",
        {path: f"DEBUG=0\nSECRET_KEY={VALUE}\n"},
        f"{path}:2 with a value of SECRET_KEY",
    )


@pytest.mark.parametrize(
    "line",
    [
        "SECRET_KEY=",
        "SECRET_KEY=change-me",
        "DB_PASSWORD=${X}",
        "API_TOKEN=<token>",
        "# SECRET_KEY=kX9vq2",
        "NAME=kX9vq2",
    ],
)
def test_no_secrets(line: str) -> None:
    passes("env-file-not-committed", {".env.production": f"{line}\n"})


@pytest.mark.parametrize(
    "path", [".env", ".env.local", ".env.test", ".env.production.example", ".envs/.local/.django"]
)
def test_environments_that_are_not_productions(path: str) -> None:
    passes("env-file-not-committed", {path: f"SECRET_KEY={VALUE}\n"})


def test_one_that_is_ignored() -> None:
    passes("env-file-not-committed", {".env.production": f"SECRET_KEY={VALUE}\n", ".gitignore": ".env.*\n"})


@pytest.mark.parametrize("is_kept", [True, False])
def test_git_knows_better(tmp_path: Path, is_kept: bool) -> None:
    (tmp_path / ".env").write_text(f"SECRET_KEY={VALUE}\n")
    (tmp_path / ".gitignore").write_text(".env\n")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "-f", ".env" if is_kept else ".gitignore"], cwd=tmp_path, check=True)
    found = list(rules()["env-file-not-committed"].check(Project(tmp_path, standard())))
    assert [str(finding.where) for finding in found] == ([".env:1"] if is_kept else [])
