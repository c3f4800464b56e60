"""Many projects at once; what one does to its process is the others' no concern."""

import os
import resource
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from stackyard.checking import many
from stackyard.checking.many import check_all
from stackyard.checking.run import Checks, check
from stackyard.project.facts import Project
from stackyard.rule import Finding, Rule
from stackyard.standard.reader import Level
from tests.checking.shop import RULES, checks, shop


def _harm(project: Project) -> Iterator[Finding]:
    harm = project.files.text("harm")
    if harm == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if harm == "hang":
        while True:
            time.sleep(1)
    if harm == "eat":
        held = [bytearray(1 << 28) for _ in range(100)]
        assert held
    yield from ()


def harming() -> Checks:
    return checks(rules=RULES | {"harm": (Rule("harm", "readme", _harm, "t", "p"), Level.OPTIONAL)})


def projects(folder: Path, *harms: str) -> list[tuple[Path, str]]:
    return [
        (shop(folder / str(number), **({"harm": harm} if harm else {})), str(number))
        for number, harm in enumerate(harms)
    ]


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_all_are_checked_and_come_in_their_order(tmp_path: Path, jobs: int) -> None:
    folders = projects(tmp_path, *[""] * 7)
    told: list[int] = []
    reports = list(check_all(folders, checks(), jobs, told.append))
    assert reports == [check(folder, name, checks()) for folder, name in folders]
    assert told == sorted(told) and told[-1] == 7


def test_broken_ones_stop_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "DEADLINE", 8.0)
    folders = [*projects(tmp_path, "", "die", "", "hang", "eat", ""), (tmp_path / "nowhere", "nowhere")]
    reports = list(check_all(folders, harming(), 2))
    failures = [report.failure for report in reports]
    assert [bool(failure) for failure in failures] == [False, True, False, True, True, False, True]
    assert "died" in failures[1] and "more than 8 s" in failures[3] and "MemoryError" in failures[4]
    assert "no such folder" in failures[6]
    assert all(
        len(report.results) == 2 for report, failure in zip(reports, failures, strict=True) if not failure
    )


def test_no_process_is_left(tmp_path: Path) -> None:
    list(check_all(projects(tmp_path, "", ""), checks(), 2))
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_of_none_there_is_nothing() -> None:
    assert not list(check_all([], checks()))


def test_the_limit_of_memory_is_the_workers_alone(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    list(check_all(projects(tmp_path, "", ""), checks(), 2))
    assert resource.getrlimit(resource.RLIMIT_AS) == before
