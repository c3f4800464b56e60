"""The real Poetry, as the project pins it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
POETRY = ROOT / ".stackyard/poetry/bin/poetry"


def lock(folder: Path, *, index: str) -> str:
    """Run `poetry lock` in a folder with a pyproject.toml, and perhaps a lock; give the lock that it leaves.

    Args:
        folder: The project.
        index: The address of the only package index.
    """
    run("lock", folder=folder, POETRY_PYPI_MIRROR_URL=index)
    return (folder / "poetry.lock").read_text(encoding="utf-8")


def run(*arguments: str, folder: Path, **environment: str) -> str:
    """Run Poetry in a project; give what it says."""
    done = subprocess.run(
        [POETRY, "--no-interaction", *arguments],
        cwd=folder,
        env={
            **os.environ,
            "POETRY_VIRTUALENVS_CREATE": "false",
            "POETRY_CACHE_DIR": str(folder / "cache"),
            **environment,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout
