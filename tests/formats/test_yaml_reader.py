"""YAML: values with their lines, and bounds that hostile files meet."""

import subprocess
import sys

import pytest

from stackyard.formats.place import UnreadableError
from stackyard.formats.yaml_reader import read_yaml

BOMB = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 10)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def read(text: str):  # type: ignore[no-untyped-def]
    return read_yaml(text)[0]


def test_lines_are_kept() -> None:
    document = read("one: 1\ntwo:\n  - a\n  - b: c\n")
    assert document.lines == {"one": 1, "two": 2}
    assert document["two"].lines == [3, 4]
    assert document["two"][1].lines == {"b": 4}


@pytest.mark.parametrize(
    "text", ["on", "off", "yes", "no", "22:22", "8000:8000", "1.10", "0x10", "2026-11-26", "=", "1e3"]
)
def test_what_yaml_1_1_would_change_stays_text(text: str) -> None:
    assert read(f"key: {text}") == {"key": text}
    assert read(f"{text}: value") == {text: "value"}


def test_booleans_and_nulls_are_those() -> None:
    assert read("[true, False, null, ~, '', 'null', \"true\"]") == [
        True,
        False,
        None,
        None,
        "",
        "null",
        "true",
    ]
    assert read("key:") == {"key": None}


def test_merge_keys_merge_and_own_entries_win() -> None:
    document = read("base: &b {x: 1, y: 2}\nother: &o {y: 3, z: 4}\nitem: {<<: [*b, *o], x: 5}\n")
    assert document["item"] == {"x": "5", "y": "2", "z": "4"}
    assert list(document["item"]) == ["x", "y", "z"]


def test_tags_of_ones_own_are_kept() -> None:
    document = read("a: !reset null\nb: !override [1]\nc: !reference [x, y]\n")
    assert document.tags == {"a": "!reset", "b": "!override", "c": "!reference"}
    assert document["b"] == ["1"]


def test_several_documents() -> None:
    assert read_yaml("a: b\n---\n- c\n") == [{"a": "b"}, ["c"]]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (BOMB, "aliases make it more than"),
        ("a: &a [*a]", "an alias within its own anchor"),
        ("[" * 5_000, "nested more than 100 deep"),
        ("a: [", "not YAML"),
        ("a: b: c", "not YAML"),
        ("a: *nowhere", "not YAML"),
        ("\x00", "not YAML"),
        ("- a\n" * 500_000, "more than 200,000 entries"),
    ],
    ids=["bomb", "loop", "deep", "open", "wrong", "alias", "control", "long"],
)
def test_what_is_none_or_too_much_is_told(text: str, fact: str) -> None:
    with pytest.raises(UnreadableError, match=fact):
        read_yaml(text)


def test_a_nest_deeper_than_the_stack_takes_no_process_down() -> None:
    program = (
        "from stackyard.formats.yaml_reader import read_yaml\n"
        "try: read_yaml('[' * 500_000)\nexcept Exception as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=20
    )
    assert "nested more than 100 deep" in done.stdout


def test_the_line_of_a_fault_is_told() -> None:
    with pytest.raises(UnreadableError) as caught:
        read_yaml("a: b\nc: [\n")
    assert caught.value.line in {2, 3}
