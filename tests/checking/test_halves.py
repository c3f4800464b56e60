"""Two processes find what one does, and whatever becomes of the other one, nothing is lost."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from stackyard.checking.run import check
from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.rule import Check, Finding, Rule
from stackyard.standard.reader import Level
from tests.checking.shop import checks, shop

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


@pytest.mark.parametrize("end", ["dies", "ends", "breaks"])
def test_where_the_other_falls_over_its_rules_are_applied_here(project: Path, end: str) -> None:
    us = os.getpid()

    def falls_over(_: Project) -> Iterator[Finding]:
        if os.getpid() != us and end == "dies":
            os.kill(os.getpid(), signal.SIGKILL)
        if os.getpid() != us and end == "ends":
            os._exit(0)
        assert os.getpid() == us
        yield from _who(_)

    facts = _results(project, who=_who, falls_over=falls_over, of_settings=_of_settings)
    assert facts == {"who": str(us), "falls_over": str(us), "of_settings": f"{us} 1"}


@pytest.mark.parametrize("asks", [True, False])
def test_a_rule_that_breaks_is_named_whoever_applies_it(project: Path, asks: bool) -> None:
    def of_settings(one: Project) -> Iterator[Finding]:
        yield Finding(Place(""), str(1 // len(one.settings.modules[1:])), "mend it")

    def other(_: Project) -> Iterator[Finding]:
        yield Finding(Place(""), str(1 // 0), "mend it")

    rule = Rule("breaks", "readme", of_settings if asks else other, "t", "p")
    levels = {
        "breaks": (rule, Level.REQUIRED),
        "who": (Rule("who", "readme", _who, "t", "p"), Level.OPTIONAL),
    }
    report = check(project, "shop", checks(rules=levels), in_two=True)
    assert "The rule breaks: ZeroDivisionError" in report.failure and not report.results
    with pytest.raises(ChildProcessError):  # it has been waited for
        os.waitpid(-1, os.WNOHANG)


def test_one_processor_is_one_process(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "process_cpu_count", lambda: 1)
    facts = _results(project, who=_who, of_settings=_of_settings)
    assert facts == {"who": str(os.getpid()), "of_settings": f"{os.getpid()} 1"}
