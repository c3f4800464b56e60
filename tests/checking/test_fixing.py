"""What is certain is put right, once."""

from pathlib import Path

import pytest

from stackyard.checking.fixing import edited, fix
from stackyard.checking.run import check
from stackyard.rule import Edit
from tests.checking.shop import checks, shop


def test_all_that_can_be_is_put_right_and_nothing_the_second_time(tmp_path: Path) -> None:
    project = shop(tmp_path, **{"a.txt": "one\r\n\ttwo\r\n\tthree"})
    report, fixed = fix(project, lambda: check(project, "shop", checks()))
    assert (project / "a.txt").read_bytes() == b"one\r\n    two\r\n    three"
    assert [item.rule for item in report.results] == ["readme-there"]
    assert [item.where.line for item in fixed] == [2, 3]
    before = (project / "a.txt").stat().st_mtime_ns
    again, fixed = fix(project, lambda: check(project, "shop", checks()))
    assert fixed == [] and again == report and (project / "a.txt").stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("edit", "wanted"),
    [
        (Edit("a", "two", "2"), "one\n2\ntwo\n"),
        (Edit("a", "two", "2", line=3), "one\ntwo\n2\n"),
        (Edit("a", "two", "2", line=4), None),
        (Edit("a", "two", "2", line=99), None),
        (Edit("a", "one", "1", line=2), None),
        (Edit("a", "", "new\n"), "one\ntwo\ntwo\nnew\n"),
    ],
)
def test_edits_are_made_where_they_belong_or_not_at_all(edit: Edit, wanted: str | None) -> None:
    assert edited("one\ntwo\ntwo\n", edit) == wanted


def test_what_is_added_at_the_end_begins_a_line() -> None:
    assert edited("one", Edit("a", "", "two\n")) == "one\ntwo\n"
    assert edited("", Edit("a", "", "two\n")) == "two\n"


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    project = shop(tmp_path / "shop")
    (project / "a.txt").rename(project / "real.md")
    (project / "a.txt").symlink_to("real.md")
    _, fixed = fix(project, lambda: check(project, "shop", checks()))
    assert fixed == [] and "\t" in (project / "real.md").read_text(encoding="utf-8")
