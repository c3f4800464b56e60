"""scripts/setup on machines that lack something."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOWHERE = "http://127.0.0.1:9/simple/"
"""An index at which nobody answers: setup ends once it has chosen its Python."""


@pytest.fixture(name="clone")
def make_clone(tmp_path: Path) -> Path:
    """A folder with what setup reads, and nothing that it made."""
    folder = tmp_path / "clone"
    shutil.copytree(ROOT / "scripts", folder / "scripts")
    for name in ("pyproject.toml", "poetry.lock"):
        for room in (Path("."), Path("template")):
            (folder / room).mkdir(exist_ok=True)
            shutil.copy(ROOT / room / name, folder / room / name)
    return folder


@pytest.fixture(name="bare_path")
def make_bare_path(tmp_path: Path) -> Path:
    """A PATH folder with all of the system's programs but Python, pyenv and Poetry."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for place in ("/usr/bin", "/bin"):
        for program in Path(place).iterdir():
            link = folder / program.name
            if not program.name.startswith(("python", "pyenv", "poetry")) and not link.is_symlink():
                link.symlink_to(program)
    return folder


def run_setup(clone: Path, path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run setup with this PATH and an empty home."""
    home = clone.parent / "home"
    home.mkdir(exist_ok=True)
    return subprocess.run(
        ["/bin/bash", clone / "scripts" / "setup"],
        env={"PATH": str(path), "HOME": str(home), **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_without_a_python_it_says_which_and_how_to_get_it(clone: Path, bare_path: Path) -> None:
    done = run_setup(clone, bare_path)
    assert done.returncode == 1
    assert "Python 3.13 is needed" in done.stderr
    assert "no python3 at all" in done.stderr
    assert "pyenv install 3.13" in done.stderr


def test_a_python_of_another_version_is_named(clone: Path, bare_path: Path) -> None:
    other = bare_path / "python3"
    other.write_text('#!/bin/bash\n[ "$1" = --version ] && echo "Python 3.9.1" || echo 3.9\n')
    other.chmod(0o755)
    done = run_setup(clone, bare_path)
    assert done.returncode == 1
    assert "Found on the PATH: Python 3.9.1" in done.stderr


@pytest.mark.proves("pyenv")
def test_the_python_of_pyenv_is_found(clone: Path, bare_path: Path) -> None:
    pyenv = shutil.which("pyenv") or Path.home() / ".pyenv" / "bin" / "pyenv"

    def ask(*words: str) -> subprocess.CompletedProcess[str]:
        variables = {name: value for name, value in os.environ.items() if name != "PYENV_VERSION"}
        return subprocess.run(
            [pyenv, *words], cwd=ROOT, env=variables, capture_output=True, text=True, timeout=60, check=False
        )

    if not Path(pyenv).exists() or ask("version-name").returncode:
        pytest.skip("needs pyenv, and by it the Python of .python-version")
    python = Path(ask("which", "python").stdout.strip())
    run_setup(
        clone,
        bare_path,
        PYENV_ROOT=ask("root").stdout.strip(),
        PIP_INDEX_URL=NOWHERE,
        PIP_CONFIG_FILE=os.devnull,
        PIP_RETRIES="0",
    )
    made = (clone / ".stackyard" / "poetry" / "pyvenv.cfg").read_text(encoding="utf-8")
    assert f"home = {python.parent}\n" in made


def test_a_failing_step_shows_the_end_of_its_output_and_where_the_rest_is(
    clone: Path, bare_path: Path
) -> None:
    python = os.path.realpath(ROOT / ".venv/bin/python")
    done = run_setup(
        clone,
        bare_path,
        STACKYARD_PYTHON=python,
        PIP_INDEX_URL=NOWHERE,
        PIP_CONFIG_FILE=os.devnull,
        PIP_RETRIES="0",
    )
    assert done.returncode == 1
    assert "Poetry, with Python 3.13" in done.stdout
    assert "failed. The whole output is in .stackyard/setup.log" in done.stderr
    assert "poetry" in (clone / ".stackyard" / "setup.log").read_text()
