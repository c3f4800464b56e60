"""A project with packages of its own and Poetry on the PATH: its lock is brought along, by Poetry itself."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from stackyard.commands.update import change_capability
from tests.lock import poetry
from tests.lock.index import Release, locked_releases, served
from tests.template_versions import ROOT, Recorder, commit, files_of, make_project

TEMPLATES = locked_releases((ROOT / "template/poetry.lock").read_text(encoding="utf-8"))
MINE = [Release.made("mine 1.2", "mine-as-well (>=3)"), Release.made("mine-as-well 3.0")]
LATER = [Release.made("mine 1.3"), Release.made("sqlparse 0.99.0")]  # Django asks for sqlparse
CLASHING = [
    Release.made("mine 1.2", "mine-as-well (>=3)"),
    Release.made("mine-as-well 3.0", "mine-below"),
    Release.made("mine-below 2.0", "mine-at-last"),
    Release.made("mine-at-last 1.0", "django (<5)"),
]
NOBODY = "http://127.0.0.1:9/simple/"
"""An index that does not answer."""


@pytest.fixture(name="original", scope="module")
def _original(versions: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose user has added a package, and locked it."""
    place = tmp_path_factory.mktemp("original")
    project = make_project(place / "project", versions, "v1", preset="minimal")
    manifest = project / "pyproject.toml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(
        text.replace("dependencies = [", 'dependencies = [\n    "mine (>=1,<2)",', 1), encoding="utf-8"
    )
    with served([*TEMPLATES, *MINE]) as index:
        settings = {"POETRY_PYPI_MIRROR_URL": index, "POETRY_CACHE_DIR": str(place / "cache")}
        poetry.run("lock", folder=project, **settings)
    commit(project, "a package of mine")
    return project


@pytest.fixture(name="programs")
def _programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH of Git and the real Poetry, which knows no index until it is told one."""
    folder = tmp_path / "bin"
    folder.mkdir()
    git = shutil.which("git")
    assert git is not None
    (folder / "git").symlink_to(git)
    (folder / "poetry").symlink_to(poetry.POETRY)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("POETRY_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("POETRY_VIRTUALENVS_CREATE", "false")
    monkeypatch.setenv("POETRY_PYPI_MIRROR_URL", NOBODY)
    return folder


@pytest.fixture(name="project")
def _project(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "project"))


def locked(project: Path) -> dict[str, str]:
    """Give the locked packages' versions."""
    packages = tomllib.loads((project / "poetry.lock").read_text(encoding="utf-8"))["package"]
    return {package["name"]: package["version"] for package in packages}


@pytest.mark.usefixtures("programs")
def test_poetry_locks_my_packages_with_those_of_a_capability_and_keeps_the_versions(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = locked(project)
    assert before.keys() >= {"mine", "mine-as-well", "sqlparse"} and "pyjwt" not in before
    output = Recorder()

    with served([*TEMPLATES, *MINE, *LATER]) as index:
        monkeypatch.setenv("POETRY_PYPI_MIRROR_URL", index)
        assert change_capability(project, "jwt", True, output) == 0

    assert locked(project) == before | {
        release.name: release.version
        for release in TEMPLATES
        if release.name in ("cryptography", "djangorestframework-simplejwt", "pyjwt")
    }
    assert "All set!" in poetry.run("check", "--lock", folder=project)
    assert output.said[1:] == [
        "You have packages of your own: running poetry lock, which keeps the versions of the others."
    ]
    assert "install" in output.steps and "lock" not in output.steps


def fails_and_leaves_the_rest(project: Path) -> str:
    """Add a capability, and insist that all is there but the lock; give what was said."""
    before = files_of(project)
    output = Recorder()

    assert change_capability(project, "jwt", True, output) == 0

    after = files_of(project)
    assert after["poetry.lock"] == before["poetry.lock"]
    manifest = after["pyproject.toml"][0]
    assert b'"mine (>=1,<2)"' in manifest and b"djangorestframework-simplejwt" in manifest
    assert "stack/jwt/settings.py" in after
    assert output.said[-1] == "You have packages of your own, so poetry.lock was left as it was."
    assert output.steps["lock"] == "poetry lock" and "install" in output.steps
    return "\n".join(output.said)


@pytest.mark.usefixtures("programs")
def test_poetry_s_reason_is_passed_on_where_it_can_t_lock(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served([*TEMPLATES, *CLASHING]) as index:
        monkeypatch.setenv("POETRY_PYPI_MIRROR_URL", index)
        said = fails_and_leaves_the_rest(project)

    assert re.search(r"\npoetry lock failed:\nBecause (.+\n){5,}.* version solving failed\.\n", said), said


def test_a_poetry_whose_python_has_gone_is_named(project: Path, programs: Path) -> None:
    (programs / "poetry").unlink()
    (programs / "poetry").write_text(f"#!{programs}/python\n", encoding="utf-8")
    (programs / "poetry").chmod(0o755)

    said = fails_and_leaves_the_rest(project)

    assert re.search(rf"\npoetry lock failed:\n.*{re.escape(str(programs / 'poetry'))}", said), said
