"""What is wrong with the settings stops the start with one line."""

import os
import subprocess
import sys
from pkgutil import iter_modules

import pytest

from stack.cloud import backends

BACKENDS = [module.name for module in iter_modules(backends.__path__)]


def complaint(**variables: str) -> str:
    """Return the one line that stops the start."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "settings_test"} | variables
    done = subprocess.run(
        [sys.executable, "manage.py", "check"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    return line


def test_an_unknown_backend() -> None:
    known = ", ".join(["filesystem", *BACKENDS])
    assert complaint(STORAGE_BACKEND="ftp") == f"STORAGE_BACKEND is 'ftp'; set it to one of: {known}."


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_backend_without_a_bucket(backend: str) -> None:
    line = f"STORAGE_BUCKET is required with STORAGE_BACKEND={backend}, but it is not set."
    assert complaint(STORAGE_BACKEND=backend, STORAGE_BUCKET="") == line
