"""The tool as users install it, from a Git address and from a path: it makes what the working copy makes."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sysconfig
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from stackyard.commands.new import Choices, Extras, new
from stackyard.commands.update import update
from tests.lock.poetry import POETRY
from tests.template_versions import ROOT, Recorder, commit, files_of, git

VERSION = "v1.0"


@dataclass(frozen=True)
class Installation:
    """The tool, in a virtual environment of its own."""

    folder: Path

    def run(self, program: str, *arguments: str, cwd: Path) -> str:
        """Run a program of the environment; give what it prints."""
        done = subprocess.run(
            [self.folder / "bin" / program, *arguments],
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(name="repository", scope="module")
def _repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of what lies here, edits included; its path has what an address can't hold as it is."""
    folder = tmp_path_factory.mktemp("code") / "our tööls"
    for name in git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "release")
    git(folder, "tag", VERSION)
    return folder


@pytest.fixture(name="installed", scope="module")
def _installed(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Installation]:
    """Installs the tool as pipx does it, from a path or from a revision by Git, with the packages of here."""

    @functools.cache
    def install(origin: str) -> Installation:
        folder = tmp_path_factory.mktemp("installed") / "environment"
        venv.create(folder, symlinks=True)
        _lend_packages(folder)
        wanted = str(repository) if origin == "path" else f"git+{repository.as_uri()}@{origin}"
        pip = [str(POETRY.with_name("python")), "-m", "pip", "--python", str(folder / "bin/python")]
        offline = ["--no-index", "--no-deps", "--no-build-isolation", "--no-cache-dir"]
        done = subprocess.run(
            [*pip, "--disable-pip-version-check", "install", *offline, wanted],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        return Installation(folder)

    return install


def _lend_packages(environment: Path) -> None:
    """Let an environment import what that of the tests has, but for the tool itself."""
    lent = environment / "lent"
    lent.mkdir()
    for package in Path(sysconfig.get_path("purelib")).iterdir():
        if not package.name.startswith("stackyard"):
            (lent / package.name).symlink_to(package)
    own = Path(sysconfig.get_path("purelib", vars={"base": str(environment)}))
    (own / "lent.pth").write_text(f"{lent}\n", encoding="utf-8")


@pytest.fixture(name="ours", scope="module")
def _ours(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the working copy makes."""
    folder = tmp_path_factory.mktemp("ours") / "shop"
    choices = Choices({"preset": "minimal"}, template=str(repository), ref=VERSION)
    new(folder, choices, Extras(), Recorder())
    return folder


def parts_of(folder: Path) -> tuple[dict[str, object], dict[str, tuple[bytes, bool]]]:
    """Give a project's answers, and its other files."""
    files = files_of(folder)
    return yaml.safe_load(files.pop(".copier-answers.yml")[0]), files


@pytest.mark.parametrize("origin", [VERSION, "main", "path"])
def test_an_installed_tool_makes_the_same_project_and_knows_its_version(
    installed: Callable[[str], Installation], repository: Path, ours: Path, tmp_path: Path, origin: str
) -> None:
    tool = installed(origin)
    imported = tool.run("python", "-c", "import stackyard; print(stackyard.__file__)", cwd=tmp_path)
    assert Path(imported).is_relative_to(tool.folder)

    tool.run("stackyard", "new", "shop", "--preset", "minimal", cwd=tmp_path)

    shop = tmp_path / "shop"
    answers, files = parts_of(shop)
    wanted, expected = parts_of(ours)
    assert files == expected and "poetry.lock" in files
    # By the name of a branch, which moves on, it would be taken for a project of a later commit.
    version = git(repository, "rev-parse", origin).strip() if origin == "main" else VERSION
    assert answers == {**wanted, "_src_path": str(repository), "_commit": version}

    git(shop, "init", "--quiet")
    commit(shop, "start")
    output = Recorder()
    assert update(shop, None, True, output) == 0
    assert output.said == [f"Nothing to bring: the project is at {version} of its template."]


@pytest.mark.parametrize("by", ["address", pytest.param("path", marks=pytest.mark.ci)])
def test_copier_makes_the_same_beside_an_installed_tool(
    installed: Callable[[str], Installation], repository: Path, ours: Path, tmp_path: Path, by: str
) -> None:
    source = f"git+{repository.as_uri()}" if by == "address" else str(repository)
    options = ["--trust", "--defaults", "--quiet", "--data=preset=minimal"]

    installed(VERSION).run("python", "-m", "copier", "copy", *options, source, "shop", cwd=tmp_path)

    answers, files = parts_of(tmp_path / "shop")
    wanted, expected = parts_of(ours)
    assert files == expected
    assert answers == {**wanted, "_src_path": source}
