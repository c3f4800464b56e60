"""Each protection is noticed when it is not there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.chaos.project import Sabotage
from tests.protections.protection import Protection
from tests.protections.rows import PROTECTIONS
from tests.template_copy import TEMPLATE, copy_of_template

ROOT = Path(__file__).parents[2]
TOOL = ROOT / ".venv" / "bin" / "stackyard"


@pytest.mark.parametrize("row", PROTECTIONS, ids=lambda row: row.what)
def test_a_protection_is_where_its_row_says(row: Protection) -> None:
    text = (TEMPLATE / row.path).read_text(encoding="utf-8")
    assert text.count(row.safe) == 1
    assert row.safe != row.unsafe
    assert all((TEMPLATE / word).exists() for word in row.tests.split() if word.endswith(".py"))


@pytest.mark.long
def test_without_one_of_them_its_test_is_red(tmp_path: Path) -> None:
    """The short form: one of them, which takes seconds."""
    row = next(row for row in PROTECTIONS if row.what == "addresses that nobody can forge")
    _notice(row, tmp_path)


@pytest.mark.protections
@pytest.mark.parametrize("row", PROTECTIONS, ids=lambda row: row.what)
def test_without_it_its_test_is_red(row: Protection, tmp_path: Path) -> None:
    _notice(row, tmp_path)


def _notice(row: Protection, folder: Path) -> None:
    project = folder / "template"
    copy_of_template(project)
    (project / ".venv").symlink_to((TEMPLATE / ".venv").resolve())
    Sabotage(row.path, row.safe, row.unsafe).apply(project)
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DJANGO_", "PYTEST_", "COV_", "COVERAGE_"))
    }
    services: list[str | Path] = (
        [] if "DATABASE_URL" in environment else [TOOL, "run", "--project", project, "--"]
    )
    suite: list[str | Path] = [
        project / ".venv/bin/pytest",
        "-q",
        "-n0",
        "-p",
        "no:cacheprovider",
        "--create-db",
    ]
    done = subprocess.run(
        [*services, *suite, *shlex.split(row.tests)],
        cwd=project,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=600,
    )
    # Failed, not broken: what can't even be collected has noticed nothing.
    assert done.returncode == 1, done.stdout[-4_000:]
    assert re.search(r"\d+ failed", done.stdout), done.stdout[-4_000:]
