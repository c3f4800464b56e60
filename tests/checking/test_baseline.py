"""An old project starts with what it has, and may only get better."""

import json
from pathlib import Path

import pytest

from stackyard.checking.baseline import baseline_text, read_baseline
from stackyard.checking.registry import read_rules
from stackyard.checking.result import State
from stackyard.checking.run import check
from stackyard.errors import UserError
from stackyard.standard.reader import Level
from tests.checking.shop import checks, shop


@pytest.fixture(name="baseline")
def _baseline(tmp_path: Path) -> Path:
    path = tmp_path / "baseline.json"
    path.write_text(baseline_text(check(shop(tmp_path / "shop"), "shop", checks()).results), encoding="utf-8")
    return path


def test_what_is_in_it_does_not_count(tmp_path: Path, baseline: Path) -> None:
    known = read_baseline(baseline)
    report = check(tmp_path / "shop", "shop", checks(known=known, known_reason="in baseline.json"))
    assert {item.state for item in report.results} == {State.KNOWN}
    assert report.results[0].reason == "in baseline.json" and not report.fails(Level.OPTIONAL)


def test_one_more_of_the_same_counts(tmp_path: Path, baseline: Path) -> None:
    shop(tmp_path / "shop", **{"a.txt": "\tone\n\ttwo\n"})
    report = check(tmp_path / "shop", "shop", checks(known=read_baseline(baseline)))
    assert [item.state for item in report.results] == [State.KNOWN, State.KNOWN, State.OPEN]


def test_it_can_be_reviewed(tmp_path: Path, baseline: Path) -> None:
    content = json.loads(baseline.read_text(encoding="utf-8"))
    assert [(entry["rule"], entry["path"], entry["count"]) for entry in content["findings"]] == [
        ("no-tabs", "a.txt", 1),
        ("readme-there", "", 1),
    ]
    again = baseline_text(check(tmp_path / "shop", "shop", checks()).results)
    assert again == baseline.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": 2, "findings": []}', '{"format": 1, "findings": [{}]}', "[" * 100_000],
)
def test_what_is_none_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "b.json").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="A baseline: something else"):
        read_baseline(tmp_path / "b.json")


def test_one_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no such file .*--write-baseline"):
        read_baseline(tmp_path / "b.json")


def test_who_mends_one_of_several_brings_nothing_new(tmp_path: Path) -> None:
    def compose(*services: str) -> Path:
        text = "services:\n" + "".join(f"  {name}: {{image: 'postgres:17'}}\n" for name in services)
        return shop(tmp_path / "shop", **{"docker-compose.yml": text})

    rules = {"compose-healthchecks": (read_rules()["compose-healthchecks"], Level.REQUIRED)}
    before = check(compose("a", "b", "c"), "shop", checks(rules=rules))
    path = tmp_path / "baseline.json"
    path.write_text(baseline_text(before.results), encoding="utf-8")
    assert [entry["fact"] for entry in json.loads(path.read_text())["findings"]] == ["a", "b", "c"]
    for services, state in ((("a", "c"), State.KNOWN), (("b",), State.KNOWN), (("a", "d"), State.OPEN)):
        report = check(compose(*services), "shop", checks(rules=rules, known=read_baseline(path)))
        assert [item.state for item in report.results] == [state], services
