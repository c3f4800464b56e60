"""What a project is let off: with a reason, perhaps until a day, and told."""

import datetime as dt
from pathlib import Path

import pytest

from stackyard.checking.result import Report, State
from stackyard.checking.run import check
from stackyard.standard.reader import Level
from tests.checking.shop import checks, shop

TODAY = dt.date(2026, 11, 26)


def checked(folder: Path, waiver: str) -> Report:
    project = shop(folder, **{"pyproject.toml": f"[[tool.stackyard.waivers]]\n{waiver}"})
    return check(project, "shop", checks(today=TODAY))


def test_what_is_waived_does_not_count_and_keeps_its_reason(tmp_path: Path) -> None:
    report = checked(tmp_path, 'rule = "readme-there"\nreason = "it is in the wiki"\nexpires = 2026-11-26\n')
    waived = report.of(State.WAIVED)
    assert [(item.rule, item.reason) for item in waived] == [
        ("readme-there", "it is in the wiki (until 2026-11-26)")
    ]
    assert not report.fails(Level.REQUIRED) and not report.notes


def test_a_waiver_that_expired_counts_no_more_and_that_is_told(tmp_path: Path) -> None:
    report = checked(tmp_path, 'rule = "readme-there"\nreason = "it is in the wiki"\nexpires = 2026-11-25\n')
    assert report.fails(Level.REQUIRED) and not report.of(State.WAIVED)
    assert report.notes == ("pyproject.toml:1: the waiver of readme-there expired on 2026-11-25",)


@pytest.mark.parametrize(("path", "counts"), [("a.*", False), ("*.txt", False), ("b.txt", True)])
def test_a_waiver_is_for_its_files(tmp_path: Path, path: str, counts: bool) -> None:
    report = checked(tmp_path, f'rule = "no-tabs"\nreason = "made by a tool"\npath = "{path}"\n')
    assert [item.rule for item in report.of(State.OPEN, Level.RECOMMENDED)] == ["no-tabs"] * counts


def test_a_waiver_of_nothing_is_told(tmp_path: Path) -> None:
    report = checked(tmp_path, 'rule = "no-tabs"\nreason = "made by a tool"\npath = "b.txt"\n')
    assert "delete the waiver" in report.notes[0]


@pytest.mark.parametrize(
    ("waiver", "wanted"),
    [
        ('reason = "x"\n', "The id of a rule in waiver 1"),
        ('rule = "no-such"\nreason = "x"\n', "'no-such'"),
        ('rule = "no-tabs"\n', "A reason in waiver 1, which is for no-tabs: nothing"),
        ('rule = "no-tabs"\nreason = "  "\n', "A reason in waiver 1"),
        ('rule = "no-tabs"\nreason = "x"\nexpires = "2027-01-01"\n', "without quotes"),
        ('rule = "no-tabs"\nreason = "x"\nexpires = 2027-01-01T00:00:00\n', "A day in `expires`"),
        ('rule = "no-tabs"\nreason = "x"\npath = 5\n', "A path in waiver 1"),
        ('rule = "no-tabs"\nreason = "x"\nuntil = 5\n', "'until'"),
    ],
)
def test_one_that_is_wrong_stops_the_check_and_says_where(tmp_path: Path, waiver: str, wanted: str) -> None:
    report = checked(tmp_path, waiver)
    assert wanted in report.failure and "pyproject.toml:1" in report.failure


@pytest.mark.parametrize("text", ["[tool.stackyard]\nwaivers = 5\n", "[tool.stackyard]\nwaivers = [5]\n"])
def test_what_is_no_list_of_waivers_is_refused(tmp_path: Path, text: str) -> None:
    report = check(shop(tmp_path, **{"pyproject.toml": text}), "shop", checks())
    assert "pyproject.toml" in report.failure
