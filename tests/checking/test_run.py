"""Checking one project."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from stackyard.checking.registry import read_rules
from stackyard.checking.result import State
from stackyard.checking.run import check, rules_of
from stackyard.errors import UserError
from stackyard.project.facts import Project
from stackyard.rule import Finding, Rule
from stackyard.standard.reader import Level, read_standard
from tests.checking.shop import RULES, checks, shop


def test_findings_come_by_place_with_level_and_remedy(tmp_path: Path) -> None:
    report = check(shop(tmp_path), "shop", checks())
    assert [(item.rule, str(item.where), item.level) for item in report.results] == [
        ("readme-there", "the project", Level.REQUIRED),
        ("no-tabs", "a.txt:2", Level.RECOMMENDED),
    ]
    assert report.results[1].remedy == "take blanks" and report.rules == 2
    assert report.fails(Level.REQUIRED)


def test_a_clean_project_fails_at_no_level(tmp_path: Path) -> None:
    report = check(shop(tmp_path, **{"README.md": "hello", "a.txt": ""}), "shop", checks())
    assert not report.results and not any(report.fails(level) for level in Level)


def test_only_levels_as_strict_fail(tmp_path: Path) -> None:
    report = check(shop(tmp_path, **{"README.md": "hello"}), "shop", checks())
    assert [report.fails(level) for level in Level] == [False, True, True]


def test_a_rule_that_breaks_is_named_and_the_project_is_not_taken_for_clean(tmp_path: Path) -> None:
    def broken(_: Project) -> Iterator[Finding]:
        raise ZeroDivisionError("by nothing")
        yield

    rules = RULES | {"broken": (Rule("broken", "readme", broken, "t", "p"), Level.OPTIONAL)}
    report = check(shop(tmp_path), "shop", checks(rules=rules))
    assert "The rule broken: ZeroDivisionError: by nothing" in report.failure and not report.results


def test_a_fingerprint_stays_while_lines_move(tmp_path: Path) -> None:
    before = check(shop(tmp_path / "a"), "shop", checks()).results[1]
    after = check(shop(tmp_path / "b", **{"a.txt": "new\nnew\none\n\ttwo\n"}), "shop", checks()).results[1]
    assert before.fingerprint == after.fingerprint and before.where != after.where
    assert before.state is State.OPEN


def test_every_rule_has_an_entry_a_title_and_a_page() -> None:
    standard = read_standard()
    for rule in read_rules().values():
        assert rule.entry in standard.entries, rule.id
        assert 10 < len(rule.title) < 110 and "\n" not in rule.title, rule.id
        assert "Standard: " in rule.page.splitlines()[-1] or "Standard: " in rule.page, rule.id


def test_every_entry_has_a_rule_or_a_reason() -> None:
    standard, entries = read_standard(), {rule.entry for rule in read_rules().values()}
    for entry in standard.entries.values():
        is_looked_for = bool(getattr(entry, "packages", ()))  # by the rules of packages
        assert (entry.id in entries or is_looked_for) != bool(entry.unchecked), entry.id


def test_a_level_for_a_rule_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "team.toml").write_text('[rules]\nno-such-rule = "off"\n', encoding="utf-8")
    with pytest.raises(UserError, match="no-such-rule"):
        rules_of(read_standard(tmp_path / "team.toml"), read_rules())


def test_a_rule_that_is_off_is_not_applied(tmp_path: Path) -> None:
    (tmp_path / "team.toml").write_text('[rules]\ndocker-non-root = "off"\n', encoding="utf-8")
    assert "docker-non-root" not in rules_of(read_standard(tmp_path / "team.toml"), read_rules())
