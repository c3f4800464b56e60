"""Marker comments: what is kept, what is cut, and what is refused."""

from __future__ import annotations

from textwrap import dedent

import pytest

from stackyard.errors import UserError
from stackyard.scaffold.markers import cut, marker_lines

FLAGS = {"a": True, "b": True, "x": False, "y": False}


def trimmed(text: str) -> str:
    return cut(dedent(text).lstrip("\n"), "page.txt", FLAGS)


@pytest.mark.parametrize(
    ("opening", "closing"), [("#", ""), ("//", ""), ("/*", " */"), ("<!--", " -->"), ("{#", " #}")]
)
def test_every_comment_syntax_in_both_forms(opening: str, closing: str) -> None:
    text = dedent(f"""\
        first
        kept  {opening} stack: a{closing}
        gone  {opening} stack: x{closing}
        {opening} stack: if x{closing}
        gone
        {opening} stack: end{closing}
          {opening} stack: if a{closing}
          kept
          {opening} stack: end{closing}
        last
        """)

    assert cut(text, "page", FLAGS) == "first\nkept\n  kept\nlast\n"


@pytest.mark.parametrize(
    ("expression", "is_kept"),
    [
        ("a", True),
        ("x", False),
        ("a and b", True),
        ("a and x", False),
        ("x or a", True),
        ("x or y", False),
        ("x and y or a", True),
        ("a or x and y", True),  # `and` binds tighter: else this would be cut
        ("x and a or y and b", False),
    ],
)
def test_an_expression_is_and_within_or(expression: str, is_kept: bool) -> None:
    assert (cut(f"line  # stack: {expression}\n", "page", FLAGS) == "line\n") is is_kept


def test_blocks_nest() -> None:
    assert trimmed("""
            # stack: if a
            1
            # stack: if x
            2
            # stack: if b
            3
            # stack: end
            4  # stack: a
            # stack: end
            5
            # stack: end
            6
            """) == "1\n5\n6\n"


def test_another_comment_on_a_marked_line_stays() -> None:
    assert cut("x = 1  # noqa: F401  # stack: a\n", "page", FLAGS) == "x = 1  # noqa: F401\n"


def test_the_last_line_needs_no_end() -> None:
    assert cut("x  # stack: a", "page", FLAGS) == "x"


def test_line_ends_stay_as_they_are() -> None:
    assert cut("1\r\n2  # stack: a\r\n3  # stack: x\r\n4\r\n", "page", FLAGS) == "1\r\n2\r\n4\r\n"


def test_a_cut_leaves_the_longest_run_of_blank_lines() -> None:
    assert (
        trimmed("""
            import a


            # stack: if x
            def gone():
                pass


            # stack: end
            def kept():
                one = 1

                two = 2  # stack: x

                # stack: if x
                three = 3
                # stack: end


            def last():
                pass
            """)
        == dedent("""\
            import a


            def kept():
                one = 1


            def last():
                pass
            """)
    )


def test_a_cut_at_either_end_leaves_no_blank_lines() -> None:
    assert trimmed("""
        # stack: if x
        gone
        # stack: end

        kept

        # stack: if x
        gone
        # stack: end
        """) == "kept\n"


def test_markers_alone_close_no_gap() -> None:
    """With every flag on, nothing but the markers is missing."""
    assert trimmed("1\n\n\n# stack: if a\n\n2\n\n# stack: end\n\n3\n") == "1\n\n\n\n2\n\n\n3\n"


def test_what_only_looks_like_a_marker_stays() -> None:
    text = "stack: up\nwe # call this a haystack: big\nservices:\n  stack:\n"

    assert cut(text, "page", FLAGS) == text
    assert marker_lines(text) == []


def test_marker_lines_are_counted_in_every_form() -> None:
    assert marker_lines("1\n# stack: if a\n2\n// stack: end\n3  /* stack: a */\n") == [2, 4, 5]


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("1\n# stack: if a\n2\n", 2, "no `stack: end` for it"),
        ("# stack: if a\n# stack: if b\n# stack: end\n", 1, "no `stack: end` for it"),
        ("1\n2\n# stack: end\n", 3, "no `stack: if` that it ends"),
        ("1\n# stack: if c\n# stack: end\n", 2, "the unknown flag c"),
        ("1  # stack: a or c\n", 1, "the unknown flag c"),
        ("1  # stack: x and c\n", 1, "the unknown flag c"),
        ("# stack: if x\n1  # stack: c\n# stack: end\n", 2, "the unknown flag c"),
        ("1  # stack: not a\n", 1, "'not a', which is no flag"),
        ("1  # stack: (a)\n", 1, "'(a)', which is no flag"),
        ("1  # stack:\n", 1, "'', which is no flag"),
        ("# stack: else\n", 1, "no code before it"),
        ("# stack: a\n", 1, "no code before it"),
        ("1  # stack: if a\n# stack: end\n", 1, "code before it"),
        ("# stack: if a\n1  # stack: end\n", 2, "code before it"),
    ],
)
def test_a_fault_is_named_with_its_file_and_line(text: str, line: int, found: str) -> None:
    with pytest.raises(UserError) as caught:
        cut(text, "config/page.py", FLAGS)

    assert (caught.value.where, caught.value.found) == (f"config/page.py:{line}", found)
    assert caught.value.exit_code == 2
