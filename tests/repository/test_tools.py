"""Formatters, linters, coverage and Poetry, as configured here: each refuses what it is there to refuse."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from stackyard.standard.reader import read_standard

ROOT = Path(__file__).parents[2]
ROOMS = [ROOT, ROOT / "template"]
GOOD = f'''"""A module."""

from collections.abc import Sequence

LONG = ("{"x" * 45}", "{"x" * 45}")


def show(numbers: Sequence[int]) -> None:
    """Show a sum.

    Args:
        numbers: What to add up.
    """
    print(sum(numbers))
'''


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(folder)}  # pylint itself takes the folder off the path
    return subprocess.run(
        command, cwd=folder, env=environment, check=False, capture_output=True, text=True, timeout=300
    )


def finds(room: Path, tool: str, path: Path, text: str) -> str:
    """Run a room's tool, in the room, over a file with this text; give its complaint, or nothing."""
    path.write_text(text, encoding="utf-8")
    done = run(room, f"{room}/.venv/bin/python", "-m", *tool.split(), str(path))
    return done.stdout + done.stderr if done.returncode else ""


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
@pytest.mark.parametrize(
    ("tool", "fault", "complaint"),
    [
        pytest.param(
            "black --check --config=pyproject.toml",
            ("LONG =", "LONG  ="),
            "would reformat",
            marks=pytest.mark.proves("black"),
        ),
        pytest.param(
            "isort --check-only --settings-path=.",
            ("from collections", "import sys\nimport os\nfrom collections"),
            "Imports are incorrectly sorted",
            marks=pytest.mark.proves("isort"),
        ),
        pytest.param("flake8", ("x" * 45, "x" * 65), "E501", marks=pytest.mark.proves("flake8")),
        pytest.param(
            "flake8", ("numbers: What", "others: What"), "D417", marks=pytest.mark.proves("google-docstrings")
        ),
        pytest.param(
            "pylint --score=no --jobs=1",
            ("numbers: Sequence[int]", "numbers: list[int] = []"),
            "dangerous-default-value",
            marks=pytest.mark.proves("pylint"),
        ),
    ],
    ids=["black", "isort", "flake8", "docstrings", "pylint"],
)
def test_a_tool_refuses_a_fault(
    tmp_path: Path, room: Path, tool: str, fault: tuple[str, str], complaint: str
) -> None:
    bad = GOOD.replace(*fault, 1)
    assert bad != GOOD

    assert finds(room, tool, tmp_path / "good.py", GOOD) == ""
    assert complaint in finds(room, tool, tmp_path / "bad.py", bad)


@pytest.mark.proves("mypy")
def test_mypy_is_strict(tmp_path: Path) -> None:
    tool = "mypy --no-error-summary --cache-dir=/dev/null"

    assert finds(ROOT, tool, tmp_path / "good.py", GOOD) == ""
    assert "[no-untyped-def]" in finds(ROOT, tool, tmp_path / "bad.py", GOOD.replace(": Sequence[int]", ""))


@pytest.mark.proves("coverage", "pytest-cov")
@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_branch_that_no_test_takes_fails_the_run(tmp_path: Path, room: Path) -> None:
    (tmp_path / "pytest.ini").touch()
    (tmp_path / "sign.py").write_text(
        "def sign(number):\n    text = 'plus'\n    if number < 0:\n        text = 'minus'\n    return text\n"
    )
    (tmp_path / "test_sign.py").write_text(
        "import sign\n\ndef test_it():\n    assert sign.sign(-1) == 'minus'\n"
    )
    options = ["-q", "-p", "no:django", "--cov=sign", f"--cov-config={room}/pyproject.toml"]

    done = run(tmp_path, f"{room}/.venv/bin/pytest", *options)

    assert "1 passed" in done.stdout
    assert "total of 86 is less than fail-under=90" in done.stdout
    assert done.returncode != 0


@pytest.mark.proves("python")
@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_runs_on_the_python_that_is_pinned(room: Path) -> None:
    pinned = (ROOT / ".python-version").read_text(encoding="utf-8").strip()
    runs = run(room, f"{room}/.venv/bin/python", "--version").stdout.removeprefix("Python ").split(".")

    assert runs[:2] == pinned.split(".") == str(read_standard().technologies["python"].minimum).split(".")


@pytest.mark.proves("poetry")
@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_poetry_holds_the_lock_against_the_dependencies(tmp_path: Path, room: Path) -> None:
    poetry = ROOT / ".stackyard/poetry/bin/poetry"
    if not poetry.exists():
        pytest.skip("needs the Poetry of `make setup`")
    for name in ("pyproject.toml", "poetry.lock"):
        shutil.copy(room / name, tmp_path)
    (tmp_path / "README.md").touch()
    check = [str(poetry), "check", "--lock"]

    assert run(tmp_path, *check).returncode == 0

    declared = (room / "pyproject.toml").read_text(encoding="utf-8")
    added = declared.replace("dependencies = [", 'dependencies = ["sqlparse (>=0.5)",', 1)
    (tmp_path / "pyproject.toml").write_text(added, encoding="utf-8")
    refused = run(tmp_path, *check)

    assert refused.returncode != 0
    assert "poetry.lock" in refused.stdout + refused.stderr
