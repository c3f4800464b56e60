"""A project that is on the stack, broken in the way that a rule names: that rule finds it, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from stackyard.checking.registry import read_rules
from stackyard.checking.result import State
from stackyard.checking.run import Checks, check, rules_of
from tests.rules.repo import Break, rules, standard
from tests.template_copy import copy_of_template

MODULES = sorted(path.stem for path in Path(__file__).parent.glob("test_*.py") if path != Path(__file__))
BREAKS: dict[str, Break] = {
    name.removeprefix("test_").replace("_", "-"): import_module(f"tests.rules.{name}").BREAK
    for name in MODULES
}


@pytest.fixture(scope="module", name="project")
def _project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_template(tmp_path_factory.mktemp("breaks") / "shop")


def found(project: Path) -> dict[str, list[str]]:
    """Check a project with every rule; give where each found something."""
    report = check(project, "shop", Checks(standard(), rules_of(standard(), rules())))
    assert not report.failure and not report.problems, (report.failure, report.problems)
    places: dict[str, list[str]] = {}
    for item in report.of(State.OPEN):
        places.setdefault(item.rule, []).append(f"{item.where}: {item.fact}")
    return places


@pytest.fixture(name="broken")
def _broken(project: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """The project, broken, and whole again afterwards."""
    how: Break = request.param
    paths = [project / step.path for step in (how, *how.more)]
    before = {path: path.read_bytes() if path.exists() else None for path in paths}
    how.apply(project)
    yield project
    for path, content in before.items():
        if content is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(content)


def test_the_living_template_is_on_the_stack(project: Path) -> None:
    places = found(project)
    assert not places, places


def test_every_rule_has_a_test_and_a_way_to_break_it() -> None:
    assert set(BREAKS) == set(read_rules())
    assert len(BREAKS) >= 60


@pytest.mark.parametrize(("rule", "broken"), BREAKS.items(), ids=BREAKS, indirect=["broken"])
def test_what_a_rule_names_turns_it_red_and_no_other(rule: str, broken: Path) -> None:
    places = found(broken)
    assert set(places) == {rule}, places
