"""What texts were made into is made once, up to a bound, and faults are not kept."""

import pytest

from stackyard.formats.kept import Kept


def test_the_same_text_is_made_once() -> None:
    made: list[str] = []
    kept = Kept(lambda text: made.append(text) or [text], most=100)  # type: ignore[func-returns-value]
    assert kept("a") is kept("a")
    assert kept("b") == ["b"]
    assert made == ["a", "b"]


def test_no_more_than_so_many_characters_are_kept() -> None:
    kept = Kept(lambda text: [text], most=10)
    first = kept("x" * 6)
    assert kept("x" * 6) is first
    kept("y" * 6)
    assert kept("x" * 6) is not first


def test_a_fault_is_told_each_time() -> None:
    kept = Kept(int, most=100)
    for _ in range(2):
        with pytest.raises(ValueError, match="no number"):
            kept("no number")
