"""TOML: entries, and their lines."""

import pytest

from stackyard.formats.place import Place, UnreadableError
from stackyard.formats.tomls import Toml

TEXT = """\
title = "x"

[tool.poetry]
name = "shop"  # [not.a.header]

[tool.poetry.dependencies]
"django" = "^6.0"
redis = { version = "^8", extras = [
  "a"] }

[[package]]
name = "a"
dotted.key = 1
"""


def test_entries_are_found() -> None:
    toml = Toml("pyproject.toml", TEXT)
    assert toml.get("tool", "poetry", "name") == "shop"
    assert toml.get("tool", "nothing", "name") is None
    assert toml.get("title", "deeper") is None
    assert toml.table("tool", "poetry", "dependencies")["django"] == "^6.0"
    assert toml.table("title") == {}
    assert toml.texts("tool", "poetry", "dependencies", "redis", "extras") == ["a"]
    assert toml.texts("title") == []


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("title",), 1),
        (("tool", "poetry"), 3),
        (("tool", "poetry", "name"), 4),
        (("tool", "poetry", "dependencies", "django"), 7),
        (("tool", "poetry", "dependencies", "redis", "extras"), 8),
        (("package", "dotted", "key"), 13),
        (("nothing",), 0),
    ],
)
def test_lines_are_found(keys: tuple[str, ...], line: int) -> None:
    assert Toml("pyproject.toml", TEXT).place(*keys) == Place("pyproject.toml", line)


@pytest.mark.parametrize("text", ["a =", "[a", "a = 1\na = 2", "a = " + "[" * 100_000, "\x00", "a" * 100_000])
def test_what_is_none_is_told(text: str) -> None:
    with pytest.raises(UnreadableError, match="not TOML"):
        Toml("x.toml", text)


def test_a_long_line_of_blanks_takes_no_time() -> None:
    toml = Toml("x.toml", f"# {'[' + ' ' * 200_000}\na = 1\n")
    assert toml.place("a").line == 2
