"""An update that is killed at any step, and the next one too: the tree is the old one, or is finished."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from stackyard.commands.update import update
from stackyard.scaffold import changes
from tests.scaffold import killed
from tests.template_versions import Recorder, commit, files_of, make_project

_SEED = int(os.environ.get("STACKYARD_SEED", str(random.SystemRandom().randrange(10**6))))
_KILLS = max(3, int(os.environ.get("STACKYARD_EDITS", "20")) // 12)
_STEPS = 40  # about as many as an update of this project takes in its folder


@pytest.fixture(name="project", scope="module")
def _project(versions: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = make_project(tmp_path_factory.mktemp("killed") / "project", versions, "v1", preset="minimal")
    (project / "notes/dropped.txt").write_text("mine\n", encoding="utf-8")
    (project / "README.md").write_text("mine\n", encoding="utf-8")
    commit(project, "edits")
    return project


@pytest.fixture(name="wanted", scope="module")
def _wanted(project: Path) -> dict[str, tuple[bytes, bool]]:
    """The tree as an update makes it that nobody kills."""
    whole = Path(shutil.copytree(project, project.with_name("whole")))
    update(whole, "v5", False, Recorder())
    return files_of(whole)


def run_killed(project: Path, step: int) -> int:
    """Run the update until it is about to take a step in the project; give how it ended."""
    return subprocess.run(
        [sys.executable, killed.__file__, project, str(step), "update", "--project", project],
        check=False,
        capture_output=True,
        timeout=120,
    ).returncode


@pytest.mark.parametrize("kill", range(_KILLS))
def test_killed_twice_an_update_is_whole_in_the_end(
    project: Path, wanted: dict[str, tuple[bytes, bool]], tmp_path: Path, kill: int
) -> None:
    chance = random.Random(_SEED + kill)
    print(f"STACKYARD_SEED={_SEED}")
    folder = Path(shutil.copytree(project, tmp_path / "project"))
    before = files_of(folder)
    for _ in range(2):
        step = chance.randrange(1, _STEPS)
        assert run_killed(folder, step) in (1, 2, -signal.SIGKILL), step
        if not changes.is_pending(folder):
            assert files_of(folder) in (before, wanted), step

    output = Recorder()
    if changes.is_pending(folder):
        assert not changes.finish(folder)
    elif files_of(folder) == before:
        update(folder, "v5", False, output)

    assert files_of(folder) == wanted
    assert not changes.is_pending(folder)


def test_an_interrupted_change_is_finished_first_and_said_so(
    project: Path, wanted: dict[str, tuple[bytes, bool]], tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(project, tmp_path / "project"))
    step = 1
    while not changes.is_pending(folder):
        run_killed(folder, step)
        step += 7
    ended = subprocess.run(
        [sys.executable, "-m", "stackyard", "update", "--project", folder],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert "Finished the change that was interrupted." in ended.stderr
    assert ended.returncode == 2 and "everything is committed" in ended.stderr
    assert files_of(folder) == wanted
