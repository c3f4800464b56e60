"""Two processes find what one does, and whatever becomes of the other one, nothing is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest

from stackyard.checking.run import check
from stackyard.formats.place import Place
from stackyard.project import files
from stackyard.project.facts import Project
from stackyard.rule import Check, Finding, Rule
from stackyard.standard.reader import Level
from tests.checking.shop import checks, shop
from tests.conftest import wait_for

ROOT = Path(__file__).parents[2]
# The workers that run the tests have threads.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


def _who(_: Project) -> Iterator[Finding]:
    yield Finding(Place(""), str(os.getpid()), "mend it")


def _of_settings(project: Project) -> Iterator[Finding]:
    yield Finding(Place(""), f"{os.getpid()} {len(project.settings.modules)}", "mend it")


def _unforeseen(project: Project) -> Iterator[Finding]:
    yield from _of_settings(project)


def _results(project: Path, **found: Check) -> dict[str, str]:
    """Apply rules; give the fact that each found."""
    rules = {name: (Rule(name, "readme", rule, "t", "p"), Level.REQUIRED) for name, rule in found.items()}
    report = check(project, "shop", checks(rules=rules), in_two=True)
    assert not report.failure, report.failure
    return {item.rule: item.fact for item in report.results}


@pytest.fixture(name="project")
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(os, "process_cpu_count", lambda: 2)
    return shop(tmp_path / "shop", **{"settings.py": "INSTALLED_APPS = []\n", "a.py": "def", "b.py": "if"})


def test_one_works_out_the_settings_and_the_other_does_the_rest(project: Path) -> None:
    facts = _results(project, who=_who, of_settings=_of_settings)
    assert facts["of_settings"] == f"{os.getpid()} 1" and facts["who"] != str(os.getpid())


def test_a_rule_that_turns_out_to_ask_for_the_settings_is_left_to_who_has_them(project: Path) -> None:
    facts = _results(project, unforeseen=_unforeseen, of_settings=_of_settings, who=_who)
    assert facts["unforeseen"] == facts["of_settings"] == f"{os.getpid()} 1" and facts["who"] != str(
        os.getpid()
    )


def test_what_the_other_could_not_read_is_told(project: Path) -> None:
    def reads_a(one: Project) -> Iterator[Finding]:
        assert one.python.tree("a.py") is None
        yield from _who(one)

    def reads_b(one: Project) -> Iterator[Finding]:
        assert one.settings.modules and one.python.tree("b.py") is None
        yield from ()

    rules = {"a": Rule("a", "readme", reads_a, "t", "p"), "b": Rule("b", "readme", reads_b, "t", "p")}
    levels = {name: (rule, Level.REQUIRED) for name, rule in rules.items()}
    report = check(project, "shop", checks(rules=levels), in_two=True)
    assert report.results[0].fact != str(os.getpid())
    assert [problem.where.path for problem in report.problems] == ["a.py", "b.py"]


@pytest.mark.parametrize("end", ["dies", "ends", "breaks", "is not to be sent"])
def test_where_the_other_falls_over_one_process_does_it_all(project: Path, end: str) -> None:
    us = os.getpid()

    class Odd(str):
        """A text that pickle cannot make again."""

        def __new__(cls, one: str, _: str) -> Self:
            return super().__new__(cls, one)

    def falls_over(_: Project) -> Iterator[Finding]:
        if os.getpid() != us and end == "dies":
            os.kill(os.getpid(), signal.SIGKILL)
        if os.getpid() != us and end == "ends":
            os._exit(0)
        assert os.getpid() == us or end != "breaks"
        who = str(os.getpid())
        yield Finding(Place(""), Odd(who, who) if end == "is not to be sent" else who, "mend it")

    facts = _results(project, who=_who, falls_over=falls_over, of_settings=_of_settings)
    assert facts == {"who": str(us), "falls_over": str(us), "of_settings": f"{us} 1"}


def _no_room() -> int:
    raise OSError("no more processes")


@pytest.mark.parametrize("what", ["one processor", "no room", "a thread", "children that nobody waits for"])
def test_where_there_cannot_be_two_there_is_one(
    project: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if what == "one processor":
        monkeypatch.setattr(os, "process_cpu_count", lambda: 1)
    monkeypatch.setattr(os, "fork", _no_room if what == "no room" else lambda: pytest.fail("there are two"))
    if what == "a thread":
        monkeypatch.setattr(threading, "active_count", lambda: 2)
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN if what.startswith("children") else signal.SIG_DFL)
    try:
        facts = _results(project, who=_who, of_settings=_of_settings)
    finally:
        signal.signal(signal.SIGCHLD, before)
    assert facts == {"who": str(os.getpid()), "of_settings": f"{os.getpid()} 1"}
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_beyond_the_bounds_one_process_does_it_all(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def reads(one: Project) -> Iterator[Finding]:
        one.files.text("a.txt")
        yield from _who(one)

    assert _results(project, reads=reads, of_settings=_of_settings)["reads"] != str(os.getpid())
    monkeypatch.setattr(files, "TOTAL", files.LOCK_SIZE)
    assert _results(project, reads=reads, of_settings=_of_settings)["reads"] == str(os.getpid())


def test_a_rule_that_takes_whatever_comes_is_told_the_settings_all_the_same(project: Path) -> None:
    def takes_all(one: Project) -> Iterator[Finding]:
        try:
            yield from _of_settings(one)
        except BaseException:  # pylint: disable=broad-exception-caught
            yield Finding(Place(""), "none", "mend it")

    facts = _results(project, takes_all=takes_all, of_settings=_of_settings, who=_who)
    assert facts["takes_all"] == f"{os.getpid()} 1" and facts["who"] != str(os.getpid())


def test_a_process_that_a_rule_leaves_behind_is_not_waited_for(project: Path, tmp_path: Path) -> None:
    def leaves(_: Project) -> Iterator[Finding]:
        left = os.fork()
        if left == 0:
            signal.pause()
            os._exit(0)
        (tmp_path / "left").write_text(str(left), encoding="utf-8")
        yield from _who(_)

    facts = _results(project, leaves=leaves, of_settings=_of_settings)
    os.kill(int((tmp_path / "left").read_text(encoding="utf-8")), signal.SIGKILL)
    assert facts["leaves"] != str(os.getpid())


def test_of_two_rules_that_break_the_first_is_named_whoever_applies_it(project: Path) -> None:
    def breaks(one: Project) -> Iterator[Finding]:
        raise ZeroDivisionError(one.root.name)
        yield

    def with_settings(one: Project) -> Iterator[Finding]:
        raise ZeroDivisionError(str(one.settings.modules))
        yield

    for first, second in ((breaks, with_settings), (with_settings, breaks)):
        rules = {"a": Rule("a", "readme", first, "t", "p"), "b": Rule("b", "readme", second, "t", "p")}
        levels = {name: (rule, Level.REQUIRED) for name, rule in rules.items()}
        report = check(project, "shop", checks(rules=levels), in_two=True)
        assert "The rule a: ZeroDivisionError" in report.failure and not report.results
    with pytest.raises(ChildProcessError):  # all have been waited for
        os.waitpid(-1, os.WNOHANG)


def test_the_other_is_not_waited_for_when_a_rule_breaks(project: Path, tmp_path: Path) -> None:
    us = os.getpid()

    def slow(_: Project) -> Iterator[Finding]:
        if os.getpid() != us:
            time.sleep(3)
            (tmp_path / "waited").touch()
        yield from ()

    def breaks(one: Project) -> Iterator[Finding]:
        raise ZeroDivisionError(str(one.settings.modules))
        yield

    rules = {"a": Rule("a", "readme", breaks, "t", "p"), "b": Rule("b", "readme", slow, "t", "p")}
    levels = {name: (rule, Level.REQUIRED) for name, rule in rules.items()}
    assert "The rule a" in check(project, "shop", checks(rules=levels), in_two=True).failure
    assert not (tmp_path / "waited").exists()


def test_nothing_goes_on_when_the_check_is_killed(project: Path, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    with subprocess.Popen([sys.executable, program, project, tmp_path / "pid"], cwd=ROOT) as process:
        assert wait_for((tmp_path / "pid").exists)
        os.kill(process.pid, signal.SIGKILL)
    other = int((tmp_path / "pid").read_text(encoding="utf-8"))
    assert wait_for(lambda: not Path(f"/proc/{other}").exists())


PROGRAM = """
import os, sys, time
from pathlib import Path
from stackyard.checking.run import check
from stackyard.rule import Rule
from stackyard.standard.reader import Level
from tests.checking.shop import checks

us = os.getpid()
os.process_cpu_count = lambda: 2


def slow(project):
    if os.getpid() != us:
        Path(sys.argv[2] + ".new").write_text(str(os.getpid()))
        Path(sys.argv[2] + ".new").rename(sys.argv[2])
    time.sleep(0.1)
    return iter(())


def of_settings(project):
    project.settings.modules
    time.sleep(60)
    return iter(())


rules = {f"slow{n}": Rule(f"slow{n}", "readme", slow, "t", "p") for n in range(600)}
rules["of_settings"] = Rule("of_settings", "readme", of_settings, "t", "p")
levels = {name: (rule, Level.REQUIRED) for name, rule in rules.items()}
check(Path(sys.argv[1]), "shop", checks(rules=levels), in_two=True)
"""
