"""A project that is off the stack in each way that `--fix` repairs: afterwards it is on it, and works."""

from __future__ import annotations

import re
import subprocess
import tomllib
from importlib import import_module
from pathlib import Path
from typing import cast

import pytest

from stackyard.checking.registry import read_rules
from stackyard.lock.hashing import content_hash
from tests.matrix.project import TOOL, Trial
from tests.matrix.test_matrix import PRODUCTION
from tests.rules.repo import Break
from tests.template_copy import copy_of_template

OF_THEIR_TESTS = """
    celery-app-loaded compose-obsolete-version compose-postgres-18-mount docker-command-exec-form
    dockerignore-covers-secrets env-file-ignored environment-contract gitignore isort-profile
    poetry-lock-committed pyenv-version-file settings-known
""".split()
"""Rules whose own tests break a project in a way that can be repaired."""
BREAKS = {
    name: cast("Break", import_module(f"tests.rules.test_{name.replace('-', '_')}").BREAK)
    for name in OF_THEIR_TESTS
} | {
    "compose-ports-local": Break(
        "docker-compose.yml",
        '"127.0.0.1:${RABBITMQ_MANAGEMENT_PORT:-15672}:15672"]',
        '"127.0.0.1:${RABBITMQ_MANAGEMENT_PORT:-15672}:15672", "5672:5672"]',
    ),
    "tests-collected": Break(
        "stack/tests.py",
        "",
        '"""Tests."""\n\n\ndef test_nothing() -> None:\n    """Nothing."""\n    assert True  # nosec B101\n',
    ),
    "poetry-constraints": Break("pyproject.toml", 'zizmor = ">=1.32,<2"', 'zizmor = "*"'),
}
_HASH = re.compile(r'(?<=^content-hash = ")\w+', re.MULTILINE)


def _fix(project: Path) -> tuple[int, str]:
    done = subprocess.run(
        [TOOL, "check", "--fix", "--level=optional", project], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def _files(project: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}


@pytest.fixture(name="off")
def _off(tmp_path: Path) -> Path:
    project = copy_of_template(tmp_path / "project")
    for how in BREAKS.values():
        how.apply(project)
    # Locked as it is now.
    lock = project / "poetry.lock"
    now = content_hash(tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8")))
    lock.write_text(_HASH.sub(now, lock.read_text(encoding="utf-8")), encoding="utf-8")
    return project


def test_there_is_a_way_to_break_each_rule_that_repairs() -> None:
    """A rule that makes an `Edit` names the class, and needs it for nothing else."""
    repairing = {name for name, rule in read_rules().items() if "Edit" in rule.check.__globals__}
    assert repairing == BREAKS.keys()


def test_it_is_on_the_stack_again_and_the_second_time_nothing_changes(off: Path) -> None:
    code, said = _fix(off)
    assert {line.rpartition(" ")[2] for line in said.splitlines() if "fixed " in line} == BREAKS.keys()
    assert code == 0, said
    files = _files(off)
    code, said = _fix(off)
    assert code == 0 and "fixed" not in said
    assert _files(off) == files


@pytest.mark.matrix
def test_its_own_checks_and_tests_pass(off: Path) -> None:
    _fix(off)
    trial = Trial(off)
    trial.install()
    trial.check()
    print(trial.test(PRODUCTION, workers=0))
