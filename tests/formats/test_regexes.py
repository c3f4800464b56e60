"""Patterns that are compiled late do what others do."""

import gc
import re

import pytest

import stackyard.commands.check  # so that those of the rooms and rules are there
from stackyard.checking.registry import read_rules
from stackyard.formats.regexes import _Regex, regex


def test_it_does_what_a_compiled_one_does() -> None:
    late, compiled = regex(r"(?P<word>a+)b", re.IGNORECASE), re.compile(r"(?P<word>a+)b", re.IGNORECASE)
    for text in ("xAABx", "aab", "ab aab", ""):
        for method in ("search", "match", "fullmatch"):
            found = [getattr(one, method)(text) for one in (late, compiled)]
            assert [one and one.groupdict() for one in found[:1]] == [
                one and one.groupdict() for one in found[1:]
            ]
        assert late.findall(text) == compiled.findall(text) and late.split(text) == compiled.split(text)
        assert late.sub("-", text) == compiled.sub("-", text)
        assert [match[0] for match in late.finditer(text)] == [match[0] for match in compiled.finditer(text)]


def test_it_is_compiled_once_and_not_before_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    late, compile_ = regex("a"), re.compile

    def compiling(pattern: str, flags: int) -> re.Pattern[str]:
        compiled.append(pattern)
        return compile_(pattern, flags)

    monkeypatch.setattr(re, "compile", compiling)
    assert not compiled
    assert late.search("a") and late.search("a") and late.match("a")
    assert compiled == ["a"]


def test_all_there_are_can_be_compiled() -> None:
    assert stackyard.commands.check and read_rules()
    patterns = [one for one in gc.get_objects() if isinstance(one, _Regex)]
    assert len(patterns) > 100
    for one in patterns:
        re.compile(one.pattern, one.flags)
