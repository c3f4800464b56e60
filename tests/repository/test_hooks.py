"""The hooks, installed in a repository of their own: what they let through, and what they stop."""

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
MODULE = '"""A module."""\n\nANSWER = 42\n'


@pytest.fixture(name="repository")
def fixture_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with this one's hooks, less those that have to be fetched, and one module."""
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("SKIP", "mypy,pylint")  # they take seconds; test_tools.py has them
    folder = tmp_path / "repository"
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "module.py").write_text(MODULE)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "template").mkdir()
    shutil.copy(ROOT / "template" / "kingfisher.yaml", folder / "template")
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    config["repos"] = [repo for repo in config["repos"] if repo["repo"] == "local"]
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    git(folder, "init", "--quiet", "--initial-branch=develop")
    git(folder, "config", "user.name", "Somebody")
    git(folder, "config", "user.email", "somebody@example.com")
    subprocess.run([ROOT / ".venv/bin/pre-commit", "install"], cwd=folder, check=True, capture_output=True)
    git(folder, "add", ".pre-commit-config.yaml")
    return folder


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", *arguments], cwd=folder, check=False, capture_output=True, text=True, timeout=300
    )


def history(folder: Path) -> list[str]:
    return git(folder, "log", "--format=%s").stdout.splitlines()


@pytest.mark.proves("pre-commit", "git")
def test_only_clean_code_is_committed(repository: Path) -> None:
    (repository / "src" / "module.py").write_text(MODULE.replace("42", "{  'a':1 }"))
    git(repository, "add", "src")
    refused = git(repository, "commit", "-m", "feat: an answer")

    assert refused.returncode != 0
    assert "files were modified by this hook" in refused.stderr
    assert history(repository) == []

    git(repository, "add", "src")
    assert git(repository, "commit", "-m", "feat: an answer").returncode == 0
    assert history(repository) == ["feat: an answer"]


@pytest.mark.proves("conventional-commits")
def test_only_conventional_messages_are_committed(repository: Path) -> None:
    for message in ("added an answer", "feature: an answer", "feat an answer"):
        refused = git(repository, "commit", "--allow-empty", "-m", message)
        assert refused.returncode != 0
        assert "Bad commit message" in refused.stdout + refused.stderr
    assert history(repository) == []

    for message in ("feat(api)!: another answer", "fix: a typo"):
        accepted = git(repository, "commit", "--allow-empty", "-m", message)
        assert accepted.returncode == 0, accepted.stderr
    assert history(repository) == ["fix: a typo", "feat(api)!: another answer"]
