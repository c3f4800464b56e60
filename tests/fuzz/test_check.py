"""Whatever is in a project's files: the check ends in time, and no rule or parser breaks.

`make fuzz` goes on for as long as STACKYARD_FUZZ_SECONDS says, with another seed each round; a failure prints
what reproduces it.
"""

from __future__ import annotations

import os
import resource
import secrets
import time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from stackyard.checking.registry import read_rules
from stackyard.checking.run import Checks, check, rules_of
from stackyard.standard.reader import read_standard
from tests.fuzz.mutations import mutated
from tests.template_copy import copy_of_template

SECONDS = float(os.environ.get("STACKYARD_FUZZ_SECONDS", "0"))
ROUND = 40 if not SECONDS else 300  # projects
LIMIT = 8.0 if "PYTEST_XDIST_WORKER" in os.environ else 2.0  # seconds of a processor, as in the hostile ones
LARGE = 64 << 10  # bytes: the lock has a test of its own
KINDS = (".py", ".toml", ".yml", ".yaml", ".md", ".example", ".lock", ".sh", "")


@pytest.fixture(scope="module", name="project")
def _project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The living template."""
    return copy_of_template(tmp_path_factory.mktemp("fuzz") / "shop")


@cache
def everything() -> Checks:
    standard = read_standard()
    return Checks(standard, rules_of(standard, read_rules()))


def targets(project: Path) -> list[Path]:
    """Give the files that are changed: those of the kinds that something reads."""
    files = (path for path in sorted(project.rglob("*")) if path.is_file() and path.suffix in KINDS)
    wanted = (
        "settings",
        "compose",
        "Dockerfile",
        "pyproject",
        "ignore",
        ".env",
        "workflows",
        "Procfile",
        "README",
        "celery",
        "urls",
        "asgi",
        "hooks",
        "pre-commit",
        "prometheus",
    )
    return [
        path for path in files if path.stat().st_size < LARGE and any(name in str(path) for name in wanted)
    ]


def test_no_change_of_a_file_breaks_the_check(project: Path) -> None:
    paths = targets(project)
    assert len(paths) > 30
    contents = {path: path.read_bytes() for path in paths}
    ends, rounds = time.monotonic() + SECONDS, 0
    while not rounds or time.monotonic() < ends:
        number = (
            int(os.environ.get("STACKYARD_FUZZ_SEED", "0")) + rounds
            if "STACKYARD_FUZZ_SEED" in os.environ
            else secrets.randbits(32)
        )
        print(f"seed {number}")
        _round(project, contents, number)
        rounds += 1
    print(f"{rounds * ROUND:,} projects checked")


def _round(project: Path, contents: dict[Path, bytes], number: int) -> None:
    @seed(number)
    @settings(
        max_examples=ROUND,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def one(data: st.DataObject) -> None:
        chosen = data.draw(st.lists(st.sampled_from(sorted(contents)), min_size=1, max_size=2, unique=True))
        try:
            for path in chosen:
                path.write_bytes(data.draw(mutated(contents[path])))
            started = _processor()
            report = check(project, "shop", everything())
            assert not report.failure or "pyproject.toml" in report.failure, report.failure
            assert _processor() - started < LIMIT
        finally:
            for path in chosen:
                path.write_bytes(contents[path])

    one()  # pylint: disable=no-value-for-parameter  # Hypothesis gives it


def _processor() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
